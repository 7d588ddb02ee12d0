import type { Message } from '../../protocol/message.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { showOver } from './show-over.js';

/**
 * Shows a picture or a film large, over everything; its code is loaded with the first one.
 * @param from where the focus returns
 * @param messages those that one can go through; by default all of the loaded timeline
 */
export function openViewer(
  message: Message,
  from: HTMLElement,
  { client, nameOf }: Pick<RenderContext, 'client' | 'nameOf'>,
  messages?: readonly Message[],
): void {
  import('./viewer.js').then(
    ({ ImViewer }) => {
      if (!customElements.get('im-viewer')) customElements.define('im-viewer', ImViewer);
      const viewer = document.createElement('im-viewer');
      Object.assign(viewer, { client, nameOf, message, ...(messages && { messages }) });
      showOver(viewer, from);
    },
    (error: unknown) => reportError(error),
  );
}
