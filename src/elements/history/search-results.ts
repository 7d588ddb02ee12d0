import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ChatClientApi, Conversation, SearchResult } from '../../client/api.js';
import { HistoryWords } from '../../i18n/history/texts.js';
import type { Message } from '../../protocol/message.js';
import type { Profile } from '../../protocol/model.js';
import { wordQuery, type WordQuery } from '../../protocol/words.js';
import { previewText } from '../../renderers/preview.js';
import { ImElement } from '../base.js';
import { marked } from './marked.js';
import { popup } from './popup.styles.js';

/** What somebody chose: a conversation, at a message where there is one. */
export type Choice = { readonly conversationId: string; readonly seq?: number };

type Hit =
  | { readonly kind: 'conversation'; readonly id: string; readonly conversation: Conversation }
  | { readonly kind: 'person'; readonly id: string; readonly person: Profile }
  | { readonly kind: 'message'; readonly id: string; readonly message: Message };

/** A person who types on is not asked for at every letter. */
const waitMs = 200;

/** People, conversations that are not in the list, and messages: what a search finds beyond the list. One list box. */
export class ImSearchResults extends ImElement {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      :host {
        display: block;
        flex: 0 1 auto;
        min-height: 50%;
        overflow: hidden auto;
        overscroll-behavior: contain;
        scrollbar-width: thin;
      }
      .results {
        outline: none;
      }
      .title {
        padding: var(--_space-3) var(--_space-4) var(--_space-1);
        color: var(--_color-text-soft);
        font-size: var(--_font-size-small);
        font-weight: 600;
        line-height: var(--_font-line-small);
      }
      .hit {
        display: flex;
        gap: var(--_space-3);
        align-items: center;
        min-height: 56px;
        margin: 0 var(--_space-2);
        padding: 6px var(--_space-2);
        border-radius: 12px;
        cursor: pointer;
      }
      .hit:hover {
        background: var(--_color-hover);
      }
      .results:focus-visible .active {
        outline: 2px solid var(--_color-accent-text);
        outline-offset: -2px;
      }
      im-avatar {
        --im-avatar-size: 36px;
      }
      .lines {
        flex: 1;
        min-width: 0;
      }
      .line {
        display: flex;
        gap: 6px;
        justify-content: space-between;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        font-weight: 600;
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .time {
        color: var(--_color-text-faint);
        font-size: var(--_font-size-caption);
        font-variant-numeric: tabular-nums;
      }
      .text {
        display: -webkit-box;
        overflow: hidden;
        color: var(--_color-text-soft);
        font-size: 13.5px;
        line-height: 19px;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      p {
        margin: 0;
        padding: var(--_space-2) var(--_space-4);
      }
      .link-button {
        display: block;
        margin: var(--_space-2) var(--_space-4) var(--_space-4);
      }
    `,
  ];

  @property({ attribute: false }) client: ChatClientApi | undefined;
  @property() query = '';
  /** The list has the keyboard's next place. */
  @property({ attribute: false }) listed: ReadonlySet<string> = new Set();
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private result: SearchResult | undefined;
  @state() private failed = false;
  @state() private active = 0;
  private readonly words = new HistoryWords(this, this.localize);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;
  private parsed: WordQuery = wordQuery('');

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.round++;
  }

  override focus(options?: FocusOptions): void {
    this.active = 0;
    this.renderRoot.querySelector<HTMLElement>('.results')?.focus(options);
  }

  /** How many there are to choose from. */
  get count(): number {
    return this.hits.length;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('query') && !changed.has('client')) return;
    this.parsed = wordQuery(this.query);
    clearTimeout(this.timer);
    this.round++;
    this.result = undefined;
    this.failed = false;
    if (this.query.trim()) this.timer = setTimeout(() => void this.search(), waitMs);
  }

  protected override render(): TemplateResult {
    const { t } = this.words;
    const { hits } = this;
    const kinds = [
      ['conversation', t.conversations],
      ['person', t.people],
      ['message', t.foundMessages],
    ] as const;
    return html`
      ${this.result?.offline ? html`<p class="quiet" role="status">${t.searchedHere}</p>` : nothing}
      ${this.failed ? html`<p class="danger" role="status">${t.searchFailed}</p>` : nothing}
      ${!this.result && !this.failed ? html`<p class="quiet" role="status">${t.searching}</p>` : nothing}
      ${
        hits.length === 0
          ? nothing
          : html`<div
              class="results"
              role="listbox"
              tabindex="0"
              aria-label=${t.results}
              aria-activedescendant=${`hit-${this.active}`}
              @keydown=${this.onKey}
              @click=${this.onClick}
            >
              ${kinds.map(([kind, title]) => this.section(kind, title))}
            </div>`
      }
      ${
        this.result?.more
          ? html`<button class="link-button" type="button" @click=${this.onMore}>${t.moreFound}</button>`
          : nothing
      }
    `;
  }

  private section(kind: Hit['kind'], title: string): TemplateResult | typeof nothing {
    const { hits } = this;
    if (!hits.some((hit) => hit.kind === kind)) return nothing;
    return html`<div role="group" aria-label=${title}>
      <div class="title" aria-hidden="true">${title}</div>
      ${hits.map((hit, i) =>
        hit.kind === kind
          ? html`<div
              class=${i === this.active ? 'hit active' : 'hit'}
              role="option"
              id="hit-${i}"
              data-at=${i}
              aria-selected=${i === this.active}
            >
              ${this.hit(hit)}
            </div>`
          : nothing,
      )}
    </div>`;
  }

  private hit(hit: Hit): TemplateResult {
    if (hit.kind === 'message') return this.messageHit(hit.message);
    const { account, name, avatar } =
      hit.kind === 'person'
        ? { account: hit.person.account, name: hit.person.name ?? hit.person.account, avatar: hit.person.avatar }
        : { account: hit.conversation.to, name: hit.conversation.name, avatar: hit.conversation.avatar };
    return html`<im-avatar aria-hidden="true" .account=${account} .name=${name} .src=${avatar}></im-avatar>
      <div class="lines"><div class="name" dir="auto">${marked(name, this.parsed)}</div></div>`;
  }

  private messageHit(message: Message): TemplateResult {
    const { client, localize } = this;
    const { conversationId, from, time } = message;
    const conversation = client?.conversation(conversationId);
    const name = conversation?.name ?? conversationId.replace(/^\w+-/, '');
    const nameOf = (account: string): string =>
      account === client?.account ? localize.t.self : (client?.conversation(`p2p-${account}`)?.name ?? account);
    const who = from === client?.account ? localize.t.you : conversation?.scene === 'group' ? `${nameOf(from)}:` : '';
    const text = message.content ?? message.file?.name ?? message.location?.title;
    return html`<im-avatar
        aria-hidden="true"
        .account=${conversation?.to ?? name}
        .name=${name}
        .src=${conversation?.avatar}
      ></im-avatar>
      <div class="lines">
        <div class="line">
          <span class="name" dir="auto">${name}</span>
          <span class="time">${localize.listTime(time, this.now())}</span>
        </div>
        <div class="text" dir="auto">
          ${who ? html`<bdi>${who}</bdi> ` : nothing}${
            text === undefined ? previewText(message, localize.t, nameOf) : marked(text, this.parsed)
          }
        </div>
      </div>`;
  }

  private get hits(): Hit[] {
    const { result, listed } = this;
    if (!result) return [];
    const conversations = result.conversations.filter(({ id }) => !listed.has(id));
    const shown = new Set([...listed, ...conversations.map(({ id }) => id)]);
    return [
      ...conversations.map((conversation) => ({ kind: 'conversation' as const, id: conversation.id, conversation })),
      ...result.people
        .filter(({ account }) => !shown.has(`p2p-${account}`))
        .map((person) => ({ kind: 'person' as const, id: `p2p-${person.account}`, person })),
      ...result.messages.map((message) => ({ kind: 'message' as const, id: message.conversationId, message })),
    ];
  }

  private async search(before?: number): Promise<void> {
    const { client, query } = this;
    const round = ++this.round;
    if (!client) return;
    try {
      const found = await client.search(query, before === undefined ? {} : { before });
      if (round !== this.round) return;
      const earlier = before === undefined ? undefined : this.result;
      this.result = earlier
        ? { ...found, ...earlier, messages: [...earlier.messages, ...found.messages], more: found.more }
        : found;
      this.active = Math.min(this.active, Math.max(0, this.hits.length - 1));
    } catch {
      if (round === this.round) this.failed = true;
    }
    if (round === this.round) this.dispatchEvent(new Event('found'));
  }

  private choose(hit: Hit | undefined): void {
    if (!hit) return;
    const detail: Choice = {
      conversationId: hit.id,
      ...(hit.kind === 'message' && hit.message.seq !== undefined && { seq: hit.message.seq }),
    };
    this.dispatchEvent(new CustomEvent<Choice>('choose', { detail }));
  }

  private readonly onMore = (): void => void this.search(this.result?.messages.at(-1)?.time);

  private readonly onClick = (event: Event): void => {
    const at = (event.target as Element).closest<HTMLElement>('.hit')?.dataset['at'];
    if (at !== undefined) this.choose(this.hits[Number(at)]);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = this.hits.length - 1;
    const steps = new Map([
      ['ArrowDown', this.active + 1],
      ['ArrowUp', this.active - 1],
      ['Home', 0],
      ['End', last],
    ]);
    const to = steps.get(event.key);
    if (to !== undefined && to < 0) this.dispatchEvent(new Event('leave'));
    else if (to !== undefined) {
      this.active = Math.min(to, last);
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter' || event.key === ' ') this.choose(this.hits[this.active]);
    else return;
    event.preventDefault();
  };
}
