import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { MergedMessage, Message } from '../../protocol/message.js';
import { renderPreview } from '../../renderers/registry.js';
import { iconForwarded } from '../../styles/media-icons.js';
import { openMerged } from '../merged/open-merged.js';
import { ImBody } from './body.js';

const shown = 4;

const styles = css`
  .plate {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    text-align: start;
  }
  .title {
    overflow: hidden;
    padding-block-end: 4px;
    font-size: 14px;
    line-height: 22px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* The ellipsis stands where the text ends, whichever way it goes. */
  .line {
    display: flex;
    gap: 4px;
  }
  .line bdi {
    flex: none;
    max-width: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .line bdi:last-child {
    flex: 1;
    min-width: 0;
    max-width: none;
  }
  .line {
    overflow: hidden;
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .count {
    display: flex;
    gap: 6px;
    align-items: center;
    margin-block-start: 8px;
    padding-block-start: 7px;
    border-block-start: 1px solid color-mix(in oklab, var(--_color-text) 12%, transparent);
    color: var(--_color-text-soft);
    font-size: var(--_font-size-caption);
    line-height: 18px;
  }
  .count .icon {
    width: 14px;
    height: 14px;
  }
  .plate:hover .title {
    color: var(--_color-accent-text);
  }
`;

/** One of the messages of a merged forward, as a message of its own: it is read where the forward stands. */
export function messageOf(forward: Message, { name: _, ...message }: MergedMessage, index: number): Message {
  const { conversationId, idClient, scene, to } = forward;
  return {
    conversationId,
    idClient: `${idClient}-${index}`,
    scene,
    to,
    flow: 'in',
    status: 'success',
    played: true,
    ...message,
  };
}

/** Several messages forwarded as one: the first lines; a click opens all. Part of `<im-message>`. */
export class ImMergedBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    const merged = message?.merged;
    if (!merged) return nothing;
    const { title, messages } = merged;
    const count = this.words.messages(messages.length);
    return html`<button class="plate" type="button" aria-haspopup="dialog" tabindex=${this.tab} @click=${this.onOpen}>
      <bdi class="title">${title || this.localize.t.merged}</bdi>
      ${messages
        .slice(0, shown)
        .map(
          (each, i) =>
            html`<span class="line"
              ><bdi>${each.name || each.from}:</bdi>
              <bdi>${renderPreview(messageOf(message, each, i), this.context)}</bdi></span
            >`,
        )}
      <span class="count">${iconForwarded}${count}</span>
    </button>`;
  }

  private readonly onOpen = (event: Event): void =>
    openMerged(this.message!, event.currentTarget as HTMLElement, this.context);
}
