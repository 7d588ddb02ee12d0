import { ImPinnedBar } from './pinned-bar.js';

if (!customElements.get('im-pinned-bar')) customElements.define('im-pinned-bar', ImPinnedBar);
