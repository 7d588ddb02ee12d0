import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { cache } from 'lit/directives/cache.js';
import { iconChat, iconClose } from '../../styles/icons.js';
import { oneOf } from '../attributes.js';
import { ConnectedElement } from '../connected-element.js';
import { ClientController } from '../controllers/client-controller.js';
import { ImEvent } from '../events.js';
import { FullScreen } from './full-screen.js';
import { launcherStyles } from './launcher.styles.js';

const placements = ['bottom-end', 'bottom-start', 'top-end', 'top-start'] as const;

/**
 * A floating button with the number of unread messages, and the panel that it opens; on a phone the panel fills the screen. Uses the
 * surrounding `<im-connection>`, or makes a connection from its own attributes as soon as it is there, because the number needs one.
 *
 * @element im-launcher
 * @summary A floating button that opens the chat in a panel.
 * @slot - What the panel holds, in place of an `<im-messenger>`.
 * @slot icon - The button's icon.
 * @fires im-open - The panel opened.
 * @fires im-close - The panel closed.
 * @fires im-connection-change - The link's state changed. This and the following only with a connection of its own.
 * @fires im-message - Somebody else's message arrived.
 * @fires im-unread-change - The number of unread messages changed.
 * @fires im-send - The server has stored one's own message.
 * @fires im-send-fail - One's own message was refused.
 * @fires im-notify - A message arrived while nobody looks; cancellable, before the system's notification shows.
 * @fires im-error - Something went wrong that no promise tells.
 * @csspart button - The floating button.
 * @csspart badge - The number of unread messages.
 * @csspart panel - The panel.
 * @csspart close - The button in the panel that closes it, where the panel fills the screen.
 * @cssprop [--im-launcher-offset=20px] - Distance from the window's edges.
 * @cssprop [--im-launcher-width=400px] - The panel's width.
 * @cssprop [--im-launcher-height=640px] - The panel's height.
 * @cssprop [--im-launcher-z-index=2147483000] - Where button and panel lie over the page.
 */
export class ImLauncher extends ConnectedElement {
  static override styles = [ConnectedElement.styles, launcherStyles];

  /** Whether the panel is open. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** The window's corner: `bottom-end` (default), `bottom-start`, `top-end`, `top-start`. */
  @property({ reflect: true, useDefault: true }) placement: (typeof placements)[number] = 'bottom-end';

  @query('.launch') private launch!: HTMLElement;
  @query('.content') private content!: HTMLSlotElement | null;
  @query('.panel') private panel!: HTMLElement | null;

  protected readonly surrounding = new ClientController(this, {}, (client) => this.connection.lend(client, false));
  private readonly fullScreen = new FullScreen(() => this.renderRoot as HTMLElement);

  override connectedCallback(): void {
    super.connectedCallback();
    this.fullScreen.open = this.open;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.fullScreen.open = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('placement')) oneOf(this, 'placement', this.placement, placements, 'bottom-end');
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    const unread = this.open ? 0 : (this.client?.unreadTotal ?? 0);
    const label = `${this.open ? t.closeChat : t.openChat}${unread > 0 ? `, ${t.unread(unread)}` : ''}`;
    return html`
      <div class="button-box" @keydown=${this.onKey}>
        <button
          class="launch"
          part="button"
          type="button"
          aria-label=${label}
          aria-expanded=${this.open}
          aria-haspopup="dialog"
          @click=${this.onToggle}
        >
          ${this.open ? iconClose : html`<slot name="icon">${iconChat}</slot>`}
        </button>
        ${
          unread > 0
            ? html`<span class="badge" part="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>`
            : nothing
        }
      </div>
      ${cache(this.open ? this.dialog() : nothing)}
    `;
  }

  private dialog(): TemplateResult {
    const { t } = this.localize;
    return html`
      <div class="panel" part="panel" role="dialog" aria-label=${t.messenger} tabindex="-1" @keydown=${this.onKey}>
        <slot class="content"><im-messenger></im-messenger></slot>
        <button class="icon-button close" part="close" type="button" aria-label=${t.closeChat} @click=${this.onToggle}>
          ${iconClose}
        </button>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.fullScreen.open = this.open;
    const was = changed.get('open');
    if (was === undefined && !this.open) return;
    this.dispatchEvent(new ImEvent(this.open ? 'im-open' : 'im-close', undefined));
  }

  override openConversation(conversationId: string): void {
    this.open = true;
    void this.updateComplete.then(() => {
      const [content] = this.content?.assignedElements({ flatten: true }) ?? [];
      content?.dispatchEvent(new ImEvent('im-conversation-select', { conversationId }));
    });
  }

  private readonly onToggle = (): void => void this.toggle();

  /** A person opened or closed it: the keyboard goes with it. A page that sets `open` keeps the keyboard where it is. */
  private async toggle(): Promise<void> {
    this.open = !this.open;
    await this.updateComplete;
    (this.open ? this.panel : this.launch)?.focus({ preventScroll: true });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !this.open) return;
    event.preventDefault();
    void this.toggle();
  };
}
