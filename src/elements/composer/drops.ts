import type { ImElement } from '../base.js';
import type { ImComposer } from './composer.js';

/** Files that are dragged over an element can be dropped on it, and are attached in the composer. A page's own composer takes none. */
export function takeDrops(host: ImElement, composer: () => HTMLElement | null | undefined): void {
  host.addEventListener('dragenter', (event) => {
    const target = composer() as Partial<ImComposer> | null | undefined;
    if (!event.dataTransfer?.types.includes('Files') || target?.locked !== false) return;
    // The innermost hears it first; where there is a window round the composer, all of it takes files.
    const outermost = event
      .composedPath()
      .findLast((each) => /^im-(composer|chat-window)$/i.test((each as Element).localName));
    if (outermost === host)
      void import('./tools/drop-zone.js').then(({ openDropZone }) => openDropZone(host, target as ImComposer));
  });
}
