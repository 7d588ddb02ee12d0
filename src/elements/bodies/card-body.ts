import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ImBody } from './body.js';
import { cardOf, type CardButton } from './card-content.js';

const styles = css`
  .plate {
    display: flex;
    flex-direction: column;
  }
  .picture {
    display: block;
    width: 100%;
    height: 132px;
    margin-block-end: 8px;
    border-radius: 8px;
    background: var(--_color-hover);
    object-fit: cover;
  }
  .title {
    overflow: hidden;
    padding-block: 8px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .picture + .title {
    padding-block-start: 0;
  }
  .words {
    display: -webkit-box;
    height: 40px;
    overflow: hidden;
    color: var(--_color-text-soft);
    font-size: 14px;
    line-height: 20px;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .action {
    display: block;
    height: 34px;
    margin-block-start: 6px;
    overflow: hidden;
    padding-inline: 8px;
    border-radius: 8px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent-text);
    font-size: 14px;
    line-height: 34px;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .action:disabled {
    color: var(--_color-text-soft);
  }
`;

/**
 * The custom kind `card`, a worked example of an own kind of message:
 * `{"kind":"card","fallback":"…","title":"…","text":"…","image":"https://…","buttons":[{"label":"…","href":"https://…"},{"label":"Yes"}]}`.
 * A button without an address answers with what stands on it. Part of `<im-message>`.
 */
export class ImCardBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  @state() private answered = false;
  @state() private noPicture = false;

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    const { title, text, image, buttons } = cardOf(message.content);
    return html`<div class="plate" role="group" aria-label=${title || nothing}>
      ${image && !this.noPicture ? html`<img class="picture" src=${image} alt="" referrerpolicy="no-referrer" @error=${() => (this.noPicture = true)} />` : nothing}
      <bdi class="title">${title}</bdi>
      ${text ? html`<bdi class="words">${text}</bdi>` : nothing} ${buttons.map((button) => this.button(button))}
    </div>`;
  }

  private button({ label, href }: CardButton): TemplateResult {
    if (href)
      return html`<a class="action" href=${href} target="_blank" rel="noopener noreferrer" tabindex=${this.tab}
        ><bdi>${label}</bdi></a
      >`;
    return html`<button
      class="action"
      type="button"
      tabindex=${this.tab}
      ?disabled=${this.answered || this.message!.flow === 'out'}
      @click=${() => this.answer(label)}
    >
      <bdi>${label}</bdi>
    </button>`;
  }

  private answer(content: string): void {
    this.answered = true;
    this.client?.send(this.message!.conversationId, { content }).catch(() => (this.answered = false));
  }
}
