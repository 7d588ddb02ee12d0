import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { mediaTexts } from '../../i18n/media-texts.js';
import type { Message } from '../../protocol/message.js';
import { bodyStyles } from '../../renderers/body.styles.js';
import { renderBody } from '../../renderers/registry.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { iconClose } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { messageOf } from '../bodies/merged-body.js';

const styles = css`
  dialog {
    box-sizing: border-box;
    grid-template-rows: auto minmax(0, 1fr);
    width: min(520px, calc(100vw - 24px));
    max-width: none;
    max-height: min(720px, calc(100vh - 24px));
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-large);
    background: var(--_color-background);
    box-shadow: var(--_shadow-panel);
    color: var(--_color-text);
    overscroll-behavior: contain;
  }
  dialog[open] {
    display: grid;
  }
  dialog::backdrop {
    background: rgb(12 13 16 / 0.45);
  }
  .head {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 8px 8px 8px 16px;
    border-block-end: 1px solid var(--_color-line);
  }
  .head:dir(rtl) {
    padding: 8px 16px 8px 8px;
  }
  h2 {
    flex: 1;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    font-size: 16px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .list {
    margin: 0;
    padding: 4px 16px 16px;
    overflow: hidden auto;
    list-style: none;
  }
  .list:focus-visible {
    outline-offset: -2px;
  }
  .item {
    padding-block: 10px;
  }
  .item + .item {
    border-block-start: 1px solid var(--_color-line);
  }
  .about {
    display: flex;
    gap: 8px;
    justify-content: space-between;
    padding-block-end: 2px;
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .about bdi {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    flex: none;
    color: var(--_color-text-faint);
    font-size: var(--_font-size-caption);
    font-variant-numeric: tabular-nums;
  }
  .picture {
    width: max-content;
    max-width: 100%;
  }
`;

/**
 * The messages of a merged forward, one below the other, each drawn as it would be in a conversation. Opened by a click on the forward;
 * closes itself.
 *
 * @element im-merged-dialog
 * @summary The messages of a merged forward.
 * @fires closed - It has closed. Does not bubble.
 * @csspart dialog - The dialog.
 */
export class ImMergedDialog extends ImElement {
  static override styles: CSSResultGroup = [ImElement.styles, bodyStyles, styles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) context: RenderContext | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message, context } = this;
    if (!message?.merged || !context) return nothing;
    const { title, messages } = message.merged;
    const close = mediaTexts(this.localize.tag).close;
    const inside: RenderContext = { ...context, client: context.client, t: this.localize.t, active: true };
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @close=${this.onClose}
      @keydown=${this.onKey}
      @click=${this.onGround}
    >
      <div class="head">
        <h2 id="title"><bdi>${title || this.localize.t.merged}</bdi></h2>
        <button class="icon-button" type="button" aria-label=${close} title=${close} @click=${this.close}>
          ${iconClose}
        </button>
      </div>
      <ol class="list" tabindex="0" aria-labelledby="title">
        ${messages.map(
          (each, i) =>
            html`<li class="item">
              <div class="about"><bdi>${each.name || each.from}</bdi><time>${this.localize.full(each.time)}</time></div>
              <div dir="auto">${renderBody(messageOf(message, each, i), inside)}</div>
            </li>`,
        )}
      </ol>
    </dialog>`;
  }

  private readonly close = (): void => this.dialog.close();

  private readonly onClose = (): void => {
    this.dispatchEvent(new Event('closed'));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // What is behind has keys of its own.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.close();
  };

  private readonly onGround = (event: MouseEvent): void => {
    if (event.composedPath()[0] === this.dialog) this.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'im-merged-dialog': ImMergedDialog;
  }
}
