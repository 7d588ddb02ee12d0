import { property } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { HistoryWords } from '../../i18n/history/texts.js';
import { ImElement } from '../base.js';

/** Something that lies over a chat window for a while: it knows the conversation, and gives the keyboard back when it goes. */
export abstract class WindowPanel extends ImElement {
  @property({ attribute: false }) client!: ChatClientApi;
  @property() conversation = '';
  /** Shows the message at a place of the log. */
  goTo: (seq: number) => void = () => undefined;
  /** Gets the keyboard when this is gone. */
  opener: HTMLElement | undefined;

  protected readonly words = new HistoryWords(this, this.localize);

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onEscape);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true });
  }

  readonly close = (): void => {
    this.remove();
    this.opener?.focus({ preventScroll: true });
  };

  /** How somebody is called, as far as the list knows. */
  protected nameOf(account: string): string {
    if (account === this.client.account) return this.localize.t.self;
    return this.client.conversation(`p2p-${account}`)?.name ?? account;
  }

  private readonly onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}
