import type { Message } from '../../protocol/message.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { showOver } from '../viewer/show-over.js';

/** Opens a merged forward over everything; the dialog's code is loaded with the first one. `from`: where the focus returns. */
export function openMerged(message: Message, from: HTMLElement, context: RenderContext): void {
  import('./merged-dialog.js').then(
    ({ ImMergedDialog }) => {
      if (!customElements.get('im-merged-dialog')) customElements.define('im-merged-dialog', ImMergedDialog);
      const dialog = document.createElement('im-merged-dialog');
      Object.assign(dialog, { message, context });
      showOver(dialog, from);
    },
    (error: unknown) => reportError(error),
  );
}
