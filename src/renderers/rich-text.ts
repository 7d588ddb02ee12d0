import type { TemplateResult } from 'lit';
import type { Message } from '../protocol/message.js';
import { blocksOf, spansOf, type Block, type Span } from './blocks.js';
import { mentionsIn } from './mentions.js';
import type { RenderContext } from './renderer.js';
import { dressed } from './rich-text.styles.js';
import { linked } from './text.js';

/** A text with mentions, and with a little Markdown where the page wants that. Pieces become templates; nothing ever becomes markup. */
export function richText(message: Message, context: RenderContext): TemplateResult {
  const { html, markdown } = context;
  const { content = '' } = message;
  const drawer = new Drawer(message, context);
  if (!markdown) return html`<span class="text" ${dressed()}>${drawer.plain(content)}</span>`;
  return html`<div class="text rich" ${dressed()}>${blocksOf(content).map((block) => drawer.block(block))}</div>`;
}

class Drawer {
  readonly #message: Message;
  readonly #context: RenderContext;

  constructor(message: Message, context: RenderContext) {
    this.#message = message;
    this.#context = context;
  }

  block(block: Block): unknown {
    const { html } = this.#context;
    switch (block.kind) {
      case 'code':
        return html`<pre tabindex=${this.#context.active ? 0 : -1}><code .textContent=${block.text}></code></pre>`;
      case 'quote':
        return html`<blockquote>${this.#line(block.lines.join('\n'))}</blockquote>`;
      case 'list': {
        const items = block.items.map((item) => html`<li>${this.#line(item)}</li>`);
        // White space between the tags would be seen.
        // prettier-ignore
        return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
      }
      default:
        return html`<div>${this.#line(block.text)}</div>`;
    }
  }

  /** Links first: an address may hold any mark. */
  #line(text: string): unknown {
    return spansOf(text).map((span) => this.#span(span));
  }

  #span({ style, text }: Span): unknown {
    const { html } = this.#context;
    if (style === 'code') return html`<code .textContent=${text}></code>`;
    const inner = this.plain(text);
    if (style === 'bold') return html`<strong>${inner}</strong>`;
    return style === 'italic' ? html`<em>${inner}</em>` : inner;
  }

  /** Links and mentions. */
  plain(text: string): unknown {
    return linked(text, this.#context, (piece) => this.#mentions(piece));
  }

  #mentions(text: string): unknown {
    const { html, nameOf, client } = this.#context;
    const { mentions } = this.#message;
    if (!mentions?.length) return text;
    return mentionsIn(text, mentions, nameOf).map((piece) =>
      piece.account === undefined
        ? piece.text
        : html`<b class=${piece.account === client?.account ? 'mention me' : 'mention'}><bdi>${piece.text}</bdi></b>`,
    );
  }
}
