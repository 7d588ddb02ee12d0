import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';
import { ActDialog } from './act-dialog.js';

/** No more chats than this at once. */
const most = 9;

export type ForwardChoice = {
  readonly to: readonly string[];
  readonly how: 'each' | 'merged';
  readonly comment: string;
};

/** Chooses where messages are forwarded to, and how. Answers with how many chats they went to. */
export class ImForwardDialog extends ActDialog<number> {
  static override styles = [
    ActDialog.styles,
    css`
      dialog {
        height: 640px;
      }
      .head {
        padding: var(--_space-1) var(--_space-4) var(--_space-2);
      }
      .content {
        display: flex;
        flex-direction: column;
        padding: 0;
        overflow: hidden;
      }
      .chats {
        flex: 1;
        min-height: 60px;
        padding-inline: var(--_space-2);
        overflow: hidden auto;
        overscroll-behavior: contain;
        border-block: 1px solid var(--_color-line);
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-align: match-parent;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .choice im-avatar {
        --im-avatar-size: 32px;
      }
      .none {
        padding: var(--_space-6);
        text-align: center;
      }
      .how {
        display: flex;
        flex-wrap: wrap;
        padding: var(--_space-1) var(--_space-2) 0;
      }
      .foot {
        padding: var(--_space-2) var(--_space-4) 0;
      }
      .count {
        flex: 1;
        color: var(--_color-text-soft);
        font-size: var(--_font-size-small);
      }
    `,
  ];

  @property({ attribute: false }) messages: readonly Message[] = [];
  @property({ attribute: false }) send: (choice: ForwardChoice) => Promise<void> = () => Promise.resolve();
  @state() private query = '';
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private how: ForwardChoice['how'] = 'each';
  @state() private comment = '';
  private stop: (() => void) | undefined;

  protected get heading(): string {
    return this.words.forwardTitle(this.messages.length);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.client?.on('conversations', () => this.requestUpdate());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  protected content(): TemplateResult {
    const { words } = this;
    const found = this.found();
    return html`<div class="head">
        <input
          class="field"
          type="search"
          data-first
          aria-label=${words.searchChats}
          placeholder=${words.searchChats}
          .value=${this.query}
          @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)}
          @keydown=${this.onSearchKey}
        />
      </div>
      <div class="chats" role="group" aria-label=${words.searchChats} @scroll=${this.onScroll}>
        ${
          found.length > 0
            ? repeat(
                found,
                ({ id }) => id,
                (chat) => this.chat(chat),
              )
            : html`<p class="none" role="status">${words.noChats}</p>`
        }
      </div>
      ${this.messages.length > 1 ? this.ways() : nothing}
      <div class="foot">
        <textarea
          class="field"
          rows="1"
          dir="auto"
          maxlength="2000"
          aria-label=${words.comment}
          placeholder=${words.comment}
          .value=${this.comment}
          @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </div>`;
  }

  protected override buttons(): TemplateResult {
    const { words, chosen } = this;
    return html`<span class="count" role="status"
        >${chosen.size >= most ? words.mostTargets(most) : chosen.size > 0 ? words.chosenChats(chosen.size) : nothing}</span
      ><button class="button" type="submit" ?disabled=${chosen.size === 0 || this.busy}>${words.send}</button>`;
  }

  protected override submit(): void {
    const { chosen, how, comment } = this;
    if (chosen.size === 0) return;
    void this.attempt(() => this.send({ to: [...chosen], how, comment: comment.trim() }), chosen.size);
  }

  private found(): readonly Conversation[] {
    const query = this.query.trim().toLocaleLowerCase();
    const all = this.client?.conversations() ?? [];
    return all.filter(({ name, to }) => `${name} ${to}`.toLocaleLowerCase().includes(query));
  }

  private chat({ id, name, to, avatar }: Conversation): TemplateResult {
    const chosen = this.chosen.has(id);
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${chosen}
        ?disabled=${!chosen && this.chosen.size >= most}
        @change=${() => this.toggle(id)}
      />
      <im-avatar aria-hidden="true" .account=${to} .name=${name || to} .src=${avatar}></im-avatar>
      <bdi class="name">${name || to}</bdi>
    </label>`;
  }

  private ways(): TemplateResult {
    const { words } = this;
    const way = (how: ForwardChoice['how'], label: string): TemplateResult =>
      html`<label class="choice"
        ><input type="radio" name="how" .checked=${this.how === how} @change=${() => (this.how = how)} />${label}</label
      >`;
    return html`<div class="how" role="radiogroup" aria-labelledby="heading">
      ${way('each', words.oneByOne)}${way('merged', words.merged)}
    </div>`;
  }

  private toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  /** Enter in the search chooses the first that was found; the form is sent by its button. */
  private readonly onSearchKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    const [first] = this.found();
    if (first && this.query !== '' && (this.chosen.has(first.id) || this.chosen.size < most)) this.toggle(first.id);
  };

  private readonly onScroll = (event: Event): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
    const { client } = this;
    if (client?.hasMoreConversations && scrollHeight - scrollTop - clientHeight < clientHeight)
      client.loadMoreConversations().catch(() => undefined);
  };
}
