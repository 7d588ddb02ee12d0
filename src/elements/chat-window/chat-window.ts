import { ContextConsumer, ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ChatClientApi, Conversation } from '../../client/api.js';
import { describeError } from '../../i18n/errors.js';
import { errorCodes } from '../../protocol/codes.js';
import { parseConversationId } from '../../protocol/ids.js';
import { apart } from '../../styles/host.js';
import { iconChat, iconMore } from '../../styles/icons.js';
import { quietLine } from '../../styles/quiet-line.js';
import { ImElement } from '../base.js';
import { selectionContext, type Selection } from '../context.js';
import { ClientController } from '../controllers/client-controller.js';
import { Lazy } from '../controllers/lazy.js';
import { OfflineController } from '../controllers/offline-controller.js';
import { PresenceController } from '../controllers/presence-controller.js';
import { StorageController } from '../controllers/storage-controller.js';
import type { ImMessageList } from '../message-list/message-list.js';
import { chatWindowStyles } from './chat-window.styles.js';
import { ConversationOpener } from './conversation-opener.js';
import { KeyboardInset } from './keyboard-inset.js';
import { Visibility } from './visibility.js';

const loadParts = () => import('../message-parts/define.js');
/** A file that could not be loaded is asked for again with the next occasion. */
const nothingLost = (): void => undefined;

/**
 * One conversation: who it is with, its messages, and where one writes. Shows the conversation that is chosen in the list, or the one that
 * its attribute names.
 *
 * @element im-chat-window
 * @summary Header, messages and composer of one conversation.
 *
 * @slot back - A button before the picture, where one pane shows at a time.
 * @slot actions - Buttons at the header's end.
 * @slot composer - In place of the composer.
 *
 * @fires {ImEvent} im-before-send - Cancellable. Somebody wants to send a message; the page may change or refuse it.
 *
 * @csspart header - Picture, name and the line below it.
 * @csspart menu - The button with what one does with the conversation.
 * @csspart offline - The line that says that one is offline.
 * @csspart list - The messages.
 * @csspart storage - The line that says that what one wrote is only in this page.
 * @csspart state - What stands there instead of messages.
 * @csspart message-bubble - The ground of a message.
 * @csspart message-body - What a message's renderer has drawn.
 *
 * @cssprop [--im-header-inset=0px] - Room at the header's inline end, for a button that a page lays over it.
 */
export class ImChatWindow extends ImElement {
  static override styles = [ImElement.styles, apart, quietLine, chatWindowStyles];

  /** Conversation id, `p2p-<account>` or `group-<groupId>`; without it the one that is chosen in the list. */
  @property() conversation: string | undefined;
  /** Whether texts may use a little Markdown: bold, italic, code, quotes and lists. */
  @property({ type: Boolean }) markdown = false;
  /** The time, in ms since 1970. */
  @property({ attribute: false }) now: () => number = Date.now;

  @query('im-message-list') private list!: ImMessageList | null;
  @query('slot[name=composer]') private composerSlot!: HTMLSlotElement | null;

  private readonly link = new ClientController(this, {
    conversations: () => true,
    timeline: ({ conversationId }) => conversationId === this.shown,
    typing: ({ conversationId }) => conversationId === this.shown,
    presence: () => true,
    connection: ({ state }) => {
      if (state === 'connected') this.opener.retry();
    },
  });
  private readonly chosen = new ContextConsumer(this, { context: selectionContext, subscribe: true });
  /** The composer inside, the default one or the page's, finds the conversation here. */
  private readonly provided = new ContextProvider(this, { context: selectionContext });
  private readonly extras = new Lazy(this, () => import('../history/window-extras.js'));
  private jumped: Selection | undefined;
  private lastShown: string | undefined;
  private readonly opener = new ConversationOpener(this);
  private readonly presence = new PresenceController(this);
  private readonly offline = new OfflineController(this, this.localize);
  private readonly storage = new StorageController(this, this.localize);
  private readonly visibility = new Visibility(this, () => this.markRead());
  protected readonly keyboard = new KeyboardInset(this, () => this.renderRoot as HTMLElement);

  /** The conversation that is on screen. */
  private get shown(): string | undefined {
    return this.conversation ?? this.chosen.value?.conversationId;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { shown } = this;
    if (this.provided.value?.conversationId !== shown || !this.provided.value)
      this.provided.setValue({ conversationId: shown, select: (id) => this.chosen.value?.select(id) });
    if (shown !== this.lastShown) this.extras.value?.closePanels(this.renderRoot as HTMLElement);
    this.lastShown = shown;
    this.opener.show(this.isConnected ? this.link.client : undefined, shown);
    const chosen = this.chosen.value;
    if (chosen !== this.jumped) {
      this.jumped = chosen;
      // Why it could not be shown the client tells.
      if (chosen?.at !== undefined && chosen.conversationId === shown) this.openAt(chosen.at).catch(() => undefined);
    }
    const target = shown === undefined ? undefined : parseConversationId(shown);
    this.presence.watch(this.link.client, target?.scene === 'p2p' ? [target.to] : []);
  }

  /** Shows one message of the conversation, with what was said round it. @throws {ChatError} when there is no way to it */
  async openAt(seq: number): Promise<void> {
    const { shown } = this;
    const { client } = this.link;
    if (!client || shown === undefined) return;
    await client.openConversation(shown);
    await client.openAt(shown, seq);
    await this.updateComplete;
    if (shown === this.shown) this.list?.showAt(seq);
  }

  protected override render(): TemplateResult {
    const { client } = this.link;
    const { shown } = this;
    if (this.link.coming) return html``;
    if (!client || shown === undefined)
      return this.state(client ? this.localize.t.chooseConversation : this.localize.t.signedOut);
    const { opened } = this.opener;
    const conversation = client.conversation(shown);
    return html`
      ${this.header(shown, conversation)}
      <div part="offline">${this.offline.render()}</div>
      <im-pinned-bar .conversation=${shown} @im-quote-click=${this.onAct} @im-act=${this.onAct}></im-pinned-bar>
      <div class="middle">
        ${
          opened.state === 'failed'
            ? this.state(this.localize.t.openFailed, this.whyNotOpened(client, opened.code))
            : html`<im-message-list
                  part="list"
                  exportparts="message-bubble, message-body"
                  .conversation=${shown}
                  .markdown=${this.markdown}
                  .opening=${opened.state === 'opening'}
                  .now=${this.now}
                  @seen=${this.markRead}
                  @pointerover=${this.onAct}
                  @focusin=${this.onAct}
                  @im-message-menu=${this.onAct}
                  @im-quote-click=${this.onAct}
                  @im-act=${this.onAct}
                ></im-message-list>
                ${this.empty(shown) ? this.hello() : nothing}`
        }
      </div>
      <div part="storage">${this.storage.render()}</div>
      <slot name="composer" ?hidden=${opened.state === 'failed'}><im-composer></im-composer></slot>
    `;
  }

  protected override updated(): void {
    // What is not painted first: what is pinned, quotes, reactions.
    if (this.opener.opened.state === 'open') loadParts().then(({ define }) => define(), nothingLost);
  }

  /** What can be done with messages comes as a file of its own, when somebody turns to one. */
  private readonly onAct = (event: Event): void => {
    const { list } = this;
    loadParts()
      .then((parts) => parts.loadActs())
      .then(({ actsOf }) => list?.isConnected && actsOf(this, list).take(event), nothingLost);
  };

  /** What ended the link says more than that the answer did not come. */
  private whyNotOpened({ connection }: ChatClientApi, code: number | undefined): string {
    const ended =
      connection.state === 'disconnected' && connection.retryAt === undefined && code !== errorCodes.notFound;
    return describeError(this.localize.t, (ended ? connection.code : undefined) ?? code);
  }

  private header(id: string, conversation: Conversation | undefined): TemplateResult {
    const to = conversation?.to ?? parseConversationId(id)?.to ?? id;
    const name = conversation?.name || to;
    return html`<div class="header" part="header">
      <slot name="back"></slot>
      <im-avatar aria-hidden="true" .account=${to} .name=${name} .src=${conversation?.avatar}></im-avatar>
      <div class="title">
        <h2><bdi>${name}</bdi></h2>
        <div class="line">${conversation ? this.line(conversation) : nothing}</div>
      </div>
      <slot name="actions"></slot>
      <button
        class="icon-button"
        part="menu"
        type="button"
        aria-haspopup="menu"
        aria-label=${this.localize.t.more}
        title=${this.localize.t.more}
        @click=${this.onMenu}
      >
        ${iconMore}
      </button>
    </div>`;
  }

  /** Who writes; else, with one person, whether they are there. */
  private line({ id, scene, to }: Conversation): TemplateResult | string | typeof nothing {
    const { t } = this.localize;
    const client = this.link.client!;
    const typing = client.typing(id);
    if (typing.length > 0) {
      const words =
        scene === 'p2p' ? t.typing : typing.length === 1 ? t.typingOne(typing[0]!) : t.typingMany(typing.length);
      return html`<span class="typing"
        >${words}<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
      ></span>`;
    }
    const presence = scene === 'p2p' ? client.presence(to) : undefined;
    if (presence?.online) return t.online;
    if (presence?.lastSeen === undefined) return nothing;
    return t.lastSeen(this.localize.listTime(presence.lastSeen, this.now()));
  }

  private empty(id: string): boolean {
    const { messages, hasOlder, loading } = this.link.client!.timeline(id);
    return this.opener.opened.state === 'open' && messages.length === 0 && !hasOlder && loading === 'none';
  }

  private hello(): TemplateResult {
    const { t } = this.localize;
    return html`<div class="state" part="state">
      ${iconChat}
      <div>${t.noMessages}</div>
      <button class="button" type="button" @click=${this.onHello}>${t.noMessagesHint}</button>
    </div>`;
  }

  private state(text: string, reason?: string): TemplateResult {
    return html`<div class="state" part="state" role="status">
      ${iconChat}
      <div>${text}</div>
      ${reason === undefined ? nothing : html`<div>${reason}</div>`}
    </div>`;
  }

  private readonly onMenu = ({ currentTarget }: Event): void => {
    const { shown, localize } = this;
    const { client } = this.link;
    if (client && shown !== undefined)
      this.extras.with(({ windowMenu }) => windowMenu(this, client, shown, localize.tag, currentTarget as HTMLElement));
  };

  private readonly onHello = (): void => {
    const [slotted] = this.composerSlot?.assignedElements() ?? [];
    const composer = slotted ?? this.composerSlot?.querySelector('im-composer');
    (composer as HTMLElement | null | undefined)?.focus();
  };

  /** What is read: the newest message has been in view, and somebody could see it. */
  private readonly markRead = (): void => {
    const { client } = this.link;
    const { shown } = this;
    const conversation = shown === undefined ? undefined : client?.conversation(shown);
    if (!conversation || !this.list?.atNewest || this.list.conversation !== shown || !this.visibility.visible) return;
    if (conversation.unread > 0 || conversation.readSeq < conversation.lastSeq) client!.markRead(conversation.id);
  };
}
