import { oneLine } from './one-line.js';
import { linkify, type TextPiece } from './linkify.js';
import type { MessageRenderer, RenderContext } from './renderer.js';

/** A text as it was written, with its addresses as links. A few emoji alone are drawn large. */
export const text: MessageRenderer = {
  render: ({ content = '' }, context) => {
    const { html } = context;
    const found = linkify(content);
    if (found.some(isLink)) return html`<span class="text">${found.map((piece) => draw(piece, context))}</span>`;
    return html`<span class=${isEmoji(content) ? 'text emoji' : 'text'} .textContent=${content}></span>`;
  },
  preview: ({ content = '' }) => oneLine(content),
};

/** Its own address, not one that a page has given to every object. */
function isLink(piece: TextPiece): piece is Required<TextPiece> {
  return Object.hasOwn(piece, 'href');
}

function draw(piece: TextPiece, { html, active }: RenderContext): unknown {
  if (!isLink(piece)) return piece.text;
  const { text, href } = piece;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" tabindex=${active ? 0 : -1}>${text}</a>`;
}

const longestEmoji = 24;
/** Keycaps, flags, and pictographs with what modifies and joins them. */
const emoji =
  /^(?:\s|[0-9#*]\uFE0F?\u20E3|\p{RI}\p{RI}|\p{Extended_Pictographic}|\p{EMod}|\u200D|\uFE0F|[\u{E0020}-\u{E007F}])+$/u;

function isEmoji(content: string): boolean {
  return content.length <= longestEmoji && emoji.test(content) && content.trim() !== '';
}
