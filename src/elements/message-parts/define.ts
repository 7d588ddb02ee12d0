import { ImPinnedBar } from '../pinned-bar/pinned-bar.js';
import { ImQuote } from './quote.js';
import { ImReactions } from './reactions.js';

const elements = [
  ['im-quote', ImQuote],
  ['im-reactions', ImReactions],
  ['im-pinned-bar', ImPinnedBar],
] as const;

/** Registers them, once. */
export function define(): void {
  for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
}

/** What can be done with messages: a file of its own, for when somebody turns to one. */
export const loadActs = () => import('../message-acts/message-acts.js');
