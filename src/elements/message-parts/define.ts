import { ImQuote } from './quote.js';
import { ImReactions } from './reactions.js';

const elements = [
  ['im-quote', ImQuote],
  ['im-reactions', ImReactions],
] as const;

for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
