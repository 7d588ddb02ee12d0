import { ancestorsOf } from '../../i18n/ancestors.js';

/** A dialog that closes itself: it says so by `closed`. */
type Dialog = HTMLElement;

/**
 * Puts a dialog into the page where it has the language, the theme and the colours of what it came from, and where no row that goes
 * takes it along. When it has closed, the focus returns to where it was.
 */
export function showOver(dialog: Dialog, from: HTMLElement): void {
  const list = [...ancestorsOf(from)].find(({ localName }) => localName === 'im-message-list');
  const place = list?.shadowRoot?.querySelector('.root') ?? document.body;
  dialog.addEventListener(
    'closed',
    () => {
      dialog.remove();
      const scroller = list?.shadowRoot?.querySelector<HTMLElement>('[role=log]');
      (from.isConnected ? from : scroller)?.focus({ preventScroll: true });
    },
    { once: true },
  );
  place.append(dialog);
}
