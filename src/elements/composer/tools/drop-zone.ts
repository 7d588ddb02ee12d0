import { html, render } from 'lit';
import { composerTexts } from '../../../i18n/composer/load.js';
import type { ImComposer } from '../composer.js';
import { iconPlus } from './icons.js';
import { dropZoneStyles } from './tools.styles.js';

const open = new WeakSet<Element>();

/** Covers an element while files are dragged over it, and attaches what is dropped. */
export function openDropZone(host: Element, composer: ImComposer): void {
  if (open.has(host) || composer.locked) return;
  open.add(host);
  const root = host.shadowRoot!;
  const sheet = dropZoneStyles.styleSheet!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const zone = document.createElement('div');
  zone.className = 'drop-zone';
  render(html`${iconPlus}<span>${composerTexts(composer.words.tag, () => undefined).dropHere}</span>`, zone);
  root.querySelector('.root')!.append(zone);

  const close = (): void => {
    open.delete(host);
    zone.remove();
    for (const [type, listener] of listeners) host.removeEventListener(type, listener as EventListener);
    host.ownerDocument.removeEventListener('dragend', close);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const leave = (event: DragEvent): void => {
    // From one part of the element to another is no leaving.
    const { left, right, top, bottom } = host.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x <= left || x >= right || y <= top || y >= bottom) close();
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    close();
    if (files.length > 0) void composer.attach(files);
  };
  const listeners = [
    ['dragover', over],
    ['dragleave', leave],
    ['drop', drop],
  ] as const;
  for (const [type, listener] of listeners) host.addEventListener(type, listener as EventListener);
  host.ownerDocument.addEventListener('dragend', close);
}
