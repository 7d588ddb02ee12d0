import { ImEditAgain } from './edit-again.js';
import { ImMessageMenu } from './menu.js';
import { ImActNote } from './note.js';
import { ImSelectionBar } from './selection-bar.js';
import { ImMessageToolbar } from './toolbar.js';

const elements = [
  ['im-message-menu', ImMessageMenu],
  ['im-message-toolbar', ImMessageToolbar],
  ['im-act-note', ImActNote],
  ['im-selection-bar', ImSelectionBar],
  ['im-edit-again', ImEditAgain],
] as const;

/** Registers them, once. */
export function define(): void {
  for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
}

declare global {
  interface HTMLElementTagNameMap {
    'im-message-menu': ImMessageMenu;
    'im-message-toolbar': ImMessageToolbar;
    'im-act-note': ImActNote;
    'im-selection-bar': ImSelectionBar;
    'im-edit-again': ImEditAgain;
  }
}
