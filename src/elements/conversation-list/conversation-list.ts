import { ContextConsumer } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatClientApi } from '../../client/api.js';
import { ChatError } from '../../client/errors.js';
import { describeError } from '../../i18n/errors.js';
import { errorCodes } from '../../protocol/codes.js';
import { apart } from '../../styles/host.js';
import { iconBell, iconChat, iconClose, iconCompose, iconMore, iconSearch } from '../../styles/icons.js';
import { quietLine } from '../../styles/quiet-line.js';
import { ImElement } from '../base.js';
import { selectionContext, type Selection } from '../context.js';
import { ClientController } from '../controllers/client-controller.js';
import { Lazy } from '../controllers/lazy.js';
import { MidnightController } from '../controllers/midnight-controller.js';
import { mayAskForNotifications } from '../controllers/notifications.js';
import { OfflineController } from '../controllers/offline-controller.js';
import { PresenceController } from '../controllers/presence-controller.js';
import { ImEvent } from '../events.js';
import { conversationListStyles } from './conversation-list.styles.js';
import { entriesFor, type Entry } from './entries.js';
import { lastLine, row } from './row.js';
import { rowStyles } from './row.styles.js';
import { skeletons } from './skeletons.js';
import { VirtualRows } from './virtual-rows.js';

/**
 * The conversations, pinned ones first, then newest first, with a search field that also starts a chat with an account by name. One tab
 * stop for the field and one for the list, which arrow keys, Home, End and Enter walk.
 *
 * @element im-conversation-list
 * @summary Conversations with search, unread badges, previews and drafts.
 * @slot title - The heading, in place of "Chats".
 * @slot actions - Buttons beside the heading.
 * @slot empty - What stands there while there are no conversations.
 * @fires im-conversation-select - A person chose a conversation.
 * @csspart header - The heading's row.
 * @csspart notifications - The button that asks for the system's notifications, until that was answered.
 * @csspart menu - The button with the list's own settings.
 * @csspart search - The search field.
 * @csspart offline - The line that says that one is offline.
 * @csspart list - The box that scrolls.
 * @csspart row - One conversation.
 * @csspart row-selected - The one that is open.
 * @csspart badge - The number of unread messages.
 * @cssprop [--im-header-inset=0px] - Room at the header's inline end, for a button that a page lays over it.
 */
export class ImConversationList extends ImElement {
  static override styles = [ImElement.styles, apart, quietLine, conversationListStyles, rowStyles];

  /** The open conversation's id. */
  @property({ reflect: true }) selected: string | undefined;
  /** The clock, ms since 1970. */
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private query = '';
  @state() private active: string | undefined;
  @state() private notice = '';

  @query('input') private input!: HTMLInputElement;
  @query('.list') private list!: HTMLElement | null;

  private readonly link = new ClientController(
    this,
    { conversations: () => true, typing: () => true, presence: () => true },
    () => this.clear(),
  );
  private readonly selection = new ContextConsumer(this, {
    context: selectionContext,
    subscribe: true,
    callback: (selection: Selection | undefined) => this.follow(selection?.conversationId),
  });
  private readonly offline = new OfflineController(this, this.localize);
  private readonly rows = new VirtualRows(this, 64);
  private readonly presence = new PresenceController(this);
  /** Menus, and what a search finds beyond the list. */
  private readonly extras = new Lazy(this, () => import('../history/list-extras.js'));
  protected readonly midnight = new MidnightController(this);

  private entries: readonly Entry[] = [];
  private shown: readonly Entry[] = [];
  /** What was open when it was last heard; what the page itself sets before that is kept. */
  private followed: string | undefined;
  private loadingMore = false;

  /** Puts the keyboard into the list, at the open conversation. */
  override focus(options?: FocusOptions): void {
    (this.list ?? this.input).focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { client } = this.link;
    this.entries = client
      ? entriesFor(client.conversations(), this.query, client.account, (conversation) =>
          lastLine(client, conversation, this.localize),
        )
      : [];
    // A page that sets `selected` opens the conversation, as a click does; it only hears no event of its own doing.
    if (changed.has('selected') && this.selection.value?.conversationId !== this.selected)
      this.selection.value?.select(this.selected);
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    return html`
      <div class="header" part="header">
        <h2><slot name="title">${t.chats}</slot></h2>
        <slot name="actions"></slot>
        ${
          this.link.client && mayAskForNotifications()
            ? html`<button
                class="icon-button"
                part="notifications"
                type="button"
                aria-label=${t.askNotifications}
                title=${t.askNotifications}
                @click=${this.onAskNotifications}
              >
                ${iconBell}
              </button>`
            : nothing
        }
        <button class="icon-button" type="button" aria-label=${t.newChat} title=${t.newChat} @click=${this.onCompose}>
          ${iconCompose}
        </button>
        <button
          class="icon-button"
          part="menu"
          type="button"
          aria-haspopup="menu"
          aria-label=${t.more}
          title=${t.more}
          @click=${this.onListMenu}
        >
          ${iconMore}
        </button>
      </div>
      <div class="search" part="search" role="search">
        ${iconSearch}
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="search"
          placeholder=${t.search}
          aria-label=${t.search}
          .value=${this.query}
          @input=${this.onInput}
          @keydown=${this.onSearchKey}
        />
        ${
          this.query
            ? html`<button class="icon-button" type="button" aria-label=${t.clearSearch} @click=${this.onCompose}>
                ${iconClose}
              </button>`
            : nothing
        }
      </div>
      <div part="offline">${this.offline.render()}</div>
      <div class="notice" role="status">${this.notice}</div>
      ${this.body()} ${this.query.trim() && this.link.client ? this.further(this.link.client) : nothing}
    `;
  }

  /** What the server finds, below what the list has. */
  private further(client: ChatClientApi): unknown {
    return this.extras.value?.results(client, this.query, this.entries, this.now, {
      choose: ({ detail }) => this.show(detail.conversationId, detail.seq),
      leave: () => (this.list ?? this.input).focus(),
      found: () => this.requestUpdate(),
    });
  }

  private body(): TemplateResult {
    const { t } = this.localize;
    const { client } = this.link;
    if (this.entries.length > 0) return this.listBox();
    if (client ? client.conversationsLoading && !this.query : this.link.coming) return skeletons(t.loading);
    if (!client) return html`<div class="empty">${t.signedOut}</div>`;
    if (this.query.trim() && this.results?.count) return html``;
    if (this.query.trim()) return html`<div class="empty" role="status">${t.nothingFound(this.query.trim())}</div>`;
    return html`
      <slot name="empty" class="empty-slot">
        <div class="empty">
          ${iconChat}<strong>${t.noConversations}</strong><span>${t.noConversationsHint}</span>
          <button class="button" type="button" @click=${this.onCompose}>${t.newChat}</button>
        </div>
      </slot>
    `;
  }

  private listBox(): TemplateResult {
    const client = this.link.client!;
    const { first, end } = this.rows.range(this.entries.length);
    this.shown = this.entries.slice(first, end);
    const { localize, selected, active, shown } = this;
    const context = { client, localize, selected, active, now: this.now(), count: this.entries.length };
    const activeShown = shown.some(({ id }) => id === active);
    return html`
      <div
        class="list"
        part="list"
        role="listbox"
        tabindex="0"
        aria-label=${localize.t.chats}
        aria-activedescendant=${activeShown ? `row-${active}` : nothing}
        @scroll=${this.onScroll}
        @keydown=${this.onListKey}
        @focus=${this.onListFocus}
        @click=${this.onClick}
        @contextmenu=${this.onMenu}
        @touchstart=${this.onTouch}
      >
        <div class="space" role="presentation">
          <div class="rows" role="presentation">
            ${repeat(
              shown,
              ({ id }) => id,
              (entry, i) => row(entry, first + i, context),
            )}
          </div>
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    const { list, shown } = this;
    const { client } = this.link;
    if (list) this.rows.place(list, list.firstElementChild as HTMLElement, list.querySelector<HTMLElement>('.rows')!);
    this.presence.watch(client, list ? shown.flatMap(watched) : []);
    if (client?.hasMoreConversations && !this.query && shown.at(-1) === this.entries.at(-1)) this.loadMore(client);
  }

  private follow(conversationId: string | undefined): void {
    if (conversationId === this.followed) return;
    this.followed = conversationId;
    this.selected = conversationId;
  }

  private loadMore(client: ChatClientApi): void {
    if (this.loadingMore) return;
    this.loadingMore = true;
    client
      .loadMoreConversations()
      // Offline: the next change of the list asks again.
      .catch(() => undefined)
      .finally(() => (this.loadingMore = false));
  }

  /** Another account: nothing of the old one stays, not even what was searched for. */
  private clear(): void {
    this.query = '';
    this.notice = '';
    this.active = undefined;
  }

  private readonly onScroll = (): void => this.rows.onScroll();

  private get results() {
    return this.renderRoot.querySelector<HTMLElement & { readonly count: number }>('im-search-results');
  }

  private readonly onInput = (): void => {
    this.query = this.input.value;
    this.extras.with();
    this.notice = '';
    this.active = undefined;
    if (this.list) this.list.scrollTop = 0;
  };

  /** Clears the field and puts the keyboard there: where a new chat begins. */
  private readonly onCompose = (): void => {
    this.query = '';
    this.notice = '';
    this.input.focus();
  };

  private readonly onAskNotifications = async (): Promise<void> => {
    await Notification.requestPermission();
    this.requestUpdate();
  };

  private readonly onSearchKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown' && (this.list ?? this.results)) {
      event.preventDefault();
      (this.list ?? this.results)!.focus();
    } else if (event.key === 'Enter' && this.query.trim() && this.entries[0]) {
      event.preventDefault();
      void this.open(this.entries[0]);
    } else if (event.key === 'Escape' && this.query) {
      event.preventDefault();
      this.onCompose();
    }
  };

  private readonly onListFocus = (): void => {
    if (!this.entries.some(({ id }) => id === this.active))
      this.active = (this.entries.find(({ id }) => id === this.selected) ?? this.entries[0])?.id;
  };

  private readonly onListKey = (event: KeyboardEvent): void => {
    const at = this.entries.findIndex(({ id }) => id === this.active);
    const steps = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['PageDown', at + this.rows.page],
      ['PageUp', at - this.rows.page],
      ['Home', 0],
      ['End', this.entries.length - 1],
    ]);
    const to = steps.get(event.key);
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.onMenu(event);
    else if (event.key === 'ArrowDown' && to === this.entries.length && this.results?.count) this.results.focus();
    else if (to !== undefined) {
      const index = Math.max(0, Math.min(this.entries.length - 1, to));
      this.active = this.entries[index]?.id;
      this.rows.reveal(index);
    } else if ((event.key === 'Enter' || event.key === ' ') && this.entries[at]) {
      void this.open(this.entries[at]);
    } else return;
    event.preventDefault();
  };

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest('.more')) return this.onMenu(event);
    const id = target.closest<HTMLElement>('.row')?.dataset['id'];
    const entry = this.entries.find((each) => each.id === id);
    if (entry) void this.open(entry);
  };

  /** What one does with the conversation that was pointed at, or that the keyboard is at. */
  private readonly onMenu = (event: Event): void => {
    const { client } = this.link;
    const target = event.target as Element;
    if (event.type !== 'touchstart') event.preventDefault();
    if (client) this.extras.with(({ rowMenu }) => rowMenu(client, event, target, this.localize.tag));
  };
  private readonly onTouch = { handleEvent: this.onMenu, passive: true };

  private readonly onListMenu = (event: Event): void => {
    const { client } = this.link;
    const button = event.currentTarget as HTMLElement;
    if (client) this.extras.with(({ listMenu }) => listMenu(client, button, this.localize.tag));
  };

  private async open(entry: Entry): Promise<void> {
    if (entry.kind === 'start' && !(await this.start(entry.account, entry.id))) return;
    this.show(entry.id);
  }

  private show(conversationId: string, seq?: number): void {
    this.active = conversationId;
    this.query = '';
    this.notice = '';
    this.selected = conversationId;
    this.dispatchEvent(new ImEvent('im-conversation-select', { conversationId, ...(seq !== undefined && { seq }) }));
  }

  private async start(account: string, id: string): Promise<boolean> {
    try {
      await this.link.client?.openConversation(id);
      return true;
    } catch (error) {
      const { t } = this.localize;
      const code = error instanceof ChatError ? error.code : undefined;
      this.notice = code === errorCodes.notFound ? t.nobodyCalled(account) : describeError(t, code);
      return false;
    }
  }
}

/** Whose presence a row shows. */
function watched(entry: Entry): string[] {
  return entry.kind === 'conversation' && entry.conversation.scene === 'p2p' ? [entry.conversation.to] : [];
}
