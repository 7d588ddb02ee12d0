import type { ChatClientApi } from '../../client/api.js';

/** Which clients' numbers stand in a document's title. */
const counts = new WeakMap<Document, State>();

type State = { readonly totals: Map<object, number>; written: string; plain: string };

type Badged = { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };

/**
 * Keeps the number of unread messages before the page's title, `(3) Title`, and on the icon of an installed page.
 * @returns takes it away again
 */
export function titleBadge(document: Document, client: ChatClientApi): () => void {
  const state = counts.get(document) ?? { totals: new Map<object, number>(), written: '', plain: '' };
  counts.set(document, state);
  const key = {};
  const show = (total: number): void => {
    state.totals.set(key, total);
    write(document, state);
  };
  const off = client.on('conversations', ({ unreadTotal }) => show(unreadTotal));
  show(client.unreadTotal);
  return () => {
    off();
    state.totals.delete(key);
    write(document, state);
  };
}

function write(document: Document, state: State): void {
  // The page may have set another title meanwhile: that is the title now.
  const plain = document.title === state.written ? state.plain : document.title;
  const sum = [...state.totals.values()].reduce((all, each) => all + each, 0);
  const title = sum > 0 ? `(${sum > 99 ? '99+' : sum}) ${plain}` : plain;
  if (document.title !== title) document.title = title;
  // As it reads: a document joins white space.
  state.written = document.title;
  state.plain = plain;
  const badge = navigator as Badged;
  void (sum > 0 ? badge.setAppBadge?.(sum) : badge.clearAppBadge?.())?.catch(() => undefined);
}
