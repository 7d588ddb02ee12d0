import { html, type TemplateResult } from 'lit';
import { markWords, type WordQuery } from '../../protocol/words.js';

/** How much of a text stands in a line of results, and how much of that before what was found. */
const shown = 160;
const before = 40;

/** A text with what was found marked, beginning near it. */
export function marked(text: string, query: WordQuery): TemplateResult {
  const line = text.slice(0, 5_000).replace(/\s+/g, ' ');
  const pieces = markWords(line, query);
  const first = pieces.findIndex(({ found }) => found);
  const at = pieces.slice(0, Math.max(first, 0)).reduce((sum, piece) => sum + piece.text.length, 0);
  const start = at > before ? line.indexOf(' ', at - before) + 1 || at - before : 0;
  const near = start > 0 && start <= at ? markWords(line.slice(start), query) : pieces;
  let left = shown;
  const parts = near.flatMap((piece) => {
    const text = piece.text.slice(0, Math.max(0, left));
    left -= piece.text.length;
    return text === '' ? [] : [piece.found ? html`<mark>${text}</mark>` : html`${text}`];
  });
  return html`${near === pieces ? '' : '…'}${parts}`;
}
