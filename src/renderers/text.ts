import { drawAnew } from './changes.js';
import { linkify, type TextPiece } from './linkify.js';
import { oneLine } from './one-line.js';
import type { MessageRenderer, RenderContext } from './renderer.js';

let rich: typeof import('./rich-text.js').richText | undefined;
let loading: Promise<void> | undefined;

/** A text as it was written, with its addresses as links and its mentions set off. A few emoji alone are drawn large. */
export const text: MessageRenderer = {
  render: (message, context) => {
    const { content = '', mentions } = message;
    const { html, markdown } = context;
    if (markdown || mentions?.length) {
      if (rich && !isEmoji(content)) return rich(message, context);
      loading ??= import('./rich-text.js').then(
        ({ richText }) => {
          rich = richText;
          drawAnew();
        },
        () => (loading = undefined),
      );
    }
    const found = linkify(content);
    if (found.some(isLink)) return html`<span class="text">${linked(content, context)}</span>`;
    return html`<span class=${isEmoji(content) ? 'text emoji' : 'text'} .textContent=${content}></span>`;
  },
  preview: ({ content = '' }) => oneLine(content),
};

/** A text with its addresses as links. `rest` draws what lies between them. */
export function linked(
  content: string,
  { html, active }: RenderContext,
  rest: (text: string) => unknown = (text) => text,
): unknown[] {
  return linkify(content).map((piece) =>
    isLink(piece)
      ? html`<a href=${piece.href} target="_blank" rel="noopener noreferrer" tabindex=${active ? 0 : -1}
          >${piece.text}</a
        >`
      : rest(piece.text),
  );
}

/** Its own address, not one that a page has given to every object. */
function isLink(piece: TextPiece): piece is Required<TextPiece> {
  return Object.hasOwn(piece, 'href');
}

const longestEmoji = 24;
/** Keycaps, flags, and pictographs with what modifies and joins them. */
const emoji =
  /^(?:\s|[0-9#*]\uFE0F?\u20E3|\p{RI}\p{RI}|\p{Extended_Pictographic}|\p{EMod}|\u200D|\uFE0F|[\u{E0020}-\u{E007F}])+$/u;

function isEmoji(content: string): boolean {
  return content.length <= longestEmoji && emoji.test(content) && content.trim() !== '';
}
