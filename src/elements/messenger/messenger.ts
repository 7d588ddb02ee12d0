import { html, type PropertyValues, type ReactiveElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { apart } from '../../styles/host.js';
import { iconBack } from '../../styles/icons.js';
import { ConnectedElement } from '../connected-element.js';
import { ClientController } from '../controllers/client-controller.js';
import { SelectionController } from '../controllers/selection-controller.js';
import { messengerStyles } from './messenger.styles.js';
import { Separator } from './separator.js';

/**
 * List and window in one box. From 640 px of its own width they stand side by side, with a handle between them; narrower, one at a time,
 * the way a phone does it. Uses the surrounding `<im-connection>`, or makes a connection from its own attributes.
 *
 * @element im-messenger
 * @summary List and window in one responsive box.
 * @slot list - In place of the list.
 * @slot window - In place of the window.
 * @slot title - The list's heading, in place of "Chats".
 * @slot actions - Buttons beside the list's heading.
 * @fires im-connection-change - The link's state changed. This and the following only with a connection of its own.
 * @fires im-message - Somebody else's message arrived.
 * @fires im-unread-change - The number of unread messages changed.
 * @fires im-send - The server has stored one's own message.
 * @fires im-send-fail - One's own message was refused.
 * @fires im-notify - A message arrived while nobody looks; cancellable, before the system's notification shows.
 * @fires im-error - Something went wrong that no promise tells.
 * @fires im-conversation-select - A person chose a conversation.
 * @csspart list - The list's pane.
 * @csspart window - The window's pane.
 * @csspart separator - The handle between them.
 * @csspart back - The button that leads back to the list, where one pane shows at a time.
 * @cssprop [--im-list-width=320px] - The list's width where it stands beside the window, 240 to 400 px.
 */
export class ImMessenger extends ConnectedElement {
  static override styles = [ConnectedElement.styles, apart, messengerStyles];

  /** The open conversation's id; setting it opens another. */
  @property() conversation: string | undefined;

  /** Whether texts may use a little Markdown: bold, italic, code, quotes and lists. */
  @property({ type: Boolean }) markdown = false;

  @query('.panes') private panes!: HTMLElement;
  @query('.list') private listPane!: HTMLElement;
  @query('.separator') private handle!: HTMLElement;
  @query('.back') private back!: HTMLElement | null;
  @query('im-conversation-list') private list!: HTMLElement | null;
  @query('im-chat-window') private window!: ReactiveElement | null;

  protected readonly surrounding = new ClientController(this, {}, (client) => this.connection.lend(client, false));
  private readonly selection = new SelectionController(this, (id) => (this.conversation = id));
  private readonly separator = new Separator(this, this.localize);
  private shown: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('conversation')) this.selection.select(this.conversation || undefined);
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    return html`
      <div
        class="panes ${this.selection.conversationId === undefined ? '' : 'open'}"
        role="group"
        aria-label=${t.messenger}
      >
        <div class="pane list" part="list">
          <slot name="list">
            <im-conversation-list>
              <slot name="title" slot="title">${t.chats}</slot>
              <slot name="actions" slot="actions"></slot>
            </im-conversation-list>
          </slot>
        </div>
        ${this.separator.render(() => this.listPane)}
        <div class="pane window" part="window">
          <slot name="window">
            <im-chat-window .markdown=${this.markdown}>
              <button
                slot="back"
                class="icon-button back"
                part="back"
                type="button"
                aria-label=${t.back}
                @click=${this.onBack}
              >
                ${iconBack}
              </button>
            </im-chat-window>
          </slot>
        </div>
      </div>
    `;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { width } = this.separator;
    if (width !== undefined) this.panes.style.setProperty('--_list-width', `${width}px`);
    void this.moveFocus();
  }

  /** Where one pane shows at a time, the keyboard goes along: what it was in is hidden now. */
  private async moveFocus(): Promise<void> {
    const { conversationId } = this.selection;
    if (conversationId === this.shown) return;
    this.shown = conversationId;
    const narrow = !this.handle.checkVisibility();
    if (!narrow || !this.matches(':focus-within')) return;
    // The button stands in the window's header, which is there only with a conversation.
    await this.window?.updateComplete;
    const next = conversationId === undefined ? this.list : this.back;
    next?.focus({ preventScroll: true });
  }

  private readonly onBack = (): void => this.selection.select(undefined);
}
