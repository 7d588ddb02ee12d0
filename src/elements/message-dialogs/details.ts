import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { previewText } from '../../renderers/preview.js';
import { ActDialog } from './act-dialog.js';

type Texts = readonly { readonly content: string; readonly time: number }[];
type Readers = { readonly read: readonly string[]; readonly unread: readonly string[] };

/** When a message was written and changed, and who has read it. */
export class ImDetailsDialog extends ActDialog<never> {
  static override styles = [
    ActDialog.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--_space-2) var(--_space-4);
        margin: 0 0 var(--_space-4);
      }
      dt,
      h3 {
        color: var(--_color-text-soft);
        font-size: var(--_font-size-small);
        font-weight: 400;
        line-height: 22px;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .said {
        margin: 0 0 var(--_space-4);
        padding: var(--_space-2) var(--_space-3);
        border-radius: var(--_radius-medium);
        background: var(--_color-ground);
        color: var(--_color-text);
        font-size: inherit;
        line-height: inherit;
        max-height: 132px;
        overflow: hidden auto;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      h3 {
        margin: 0 0 var(--_space-1);
        font-weight: 600;
      }
      ul {
        margin: 0 0 var(--_space-4);
        padding: 0;
        list-style: none;
      }
      .edits li {
        padding-block: 6px;
        border-block-start: 1px solid var(--_color-line);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .edits time {
        display: block;
        color: var(--_color-text-faint);
        font-size: var(--_font-size-caption);
        line-height: var(--_font-line-caption);
        font-variant-numeric: tabular-nums;
      }
      .people li {
        display: flex;
        gap: var(--_space-2);
        align-items: center;
        min-height: 36px;
      }
      .people im-avatar {
        --im-avatar-size: 28px;
      }
      .none {
        color: var(--_color-text-faint);
      }
    `,
  ];

  @property({ attribute: false }) message: Message | undefined;
  @state() private texts: Texts | undefined;
  @state() private readers: Readers | undefined;

  protected get heading(): string {
    return this.words.detailsTitle;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { client, message } = this;
    if (!client || !message) return;
    // What cannot be had is left out; the rest is worth seeing.
    if (message.editTime)
      client.editHistory(message).then(
        (texts) => (this.texts = texts),
        () => (this.texts = []),
      );
    if (this.hasReaders)
      client.readers(message).then(
        (readers) => (this.readers = readers),
        () => this.requestUpdate(),
      );
  }

  private get hasReaders(): boolean {
    return this.message?.scene === 'group' && this.message.flow === 'out' && this.client!.features.receipts;
  }

  protected content(): TemplateResult {
    const { message, words, nameOf, t } = this;
    if (!message) return html``;
    return html`${message.recalled ? nothing : html`<p class="said" dir="auto" tabindex="0">${this.said(message)}</p>`}
      <dl>
        <dt>${words.from}</dt>
        <dd><bdi>${message.flow === 'out' ? t.self : nameOf(message.from)}</bdi></dd>
        <dt>${words.sentAt}</dt>
        <dd><time>${this.full(message.time)}</time></dd>
        ${this.state(message)}
      </dl>
      ${message.editTime ? this.edits() : nothing} ${this.hasReaders ? this.people() : nothing}`;
  }

  private said(message: Message): string {
    return message.type === 'text' ? (message.content ?? '') : previewText(message, this.t, this.nameOf);
  }

  /** Between two: whether the other one has read it. */
  private state({ scene, flow, seq, conversationId }: Message): TemplateResult | typeof nothing {
    if (scene !== 'p2p' || flow !== 'out' || seq === undefined) return nothing;
    const read = seq <= (this.client?.conversation(conversationId)?.peerReadSeq ?? 0);
    return html`<dt>${this.words.state}</dt>
      <dd>${read ? this.t.read : this.t.sent}</dd>`;
  }

  private edits(): TemplateResult {
    const { words, texts } = this;
    const earlier = texts?.slice(0, -1).reverse();
    return html`<h3>${words.edits}</h3>
      <ul class="edits">
        ${
          earlier?.map(
            ({ content, time }) =>
              html`<li dir="auto"><time dir=${this.localize.dir}>${this.full(time)}</time>${content}</li>`,
          ) ?? html`<li class="none">${words.loading}</li>`
        }
      </ul>`;
  }

  private people(): TemplateResult {
    const { words, readers } = this;
    if (!readers) return html`<p role="status">${words.loading}</p>`;
    const list = (heading: string, accounts: readonly string[]): TemplateResult =>
      html`<h3>${heading}</h3>
        <ul class="people">
          ${
            accounts.length > 0
              ? accounts.map(
                  (account) =>
                    html`<li>
                      <im-avatar aria-hidden="true" .account=${account} .name=${this.nameOf(account)}></im-avatar>
                      <bdi>${this.nameOf(account)}</bdi>
                    </li>`,
                )
              : html`<li class="none">${words.nobody}</li>`
          }
        </ul>`;
    return html`${list(words.readBy(readers.read.length), readers.read)}
    ${list(words.notReadBy(readers.unread.length), readers.unread)}`;
  }
}
