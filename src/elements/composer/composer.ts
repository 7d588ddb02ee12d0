import { ContextConsumer } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { describeError } from '../../i18n/errors.js';
import { limits } from '../../protocol/limits.js';
import type { Message, MessageDraft } from '../../protocol/message.js';
import { iconSend } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { selectionContext } from '../context.js';
import { ClientController } from '../controllers/client-controller.js';
import { ImEvent } from '../events.js';
import { composerStyles } from './composer.styles.js';
import { EnterKey } from './enter-key.js';
import { sendable } from './sendable.js';

/** From this length on the number of characters is shown. */
const countFrom = 4_500;

/**
 * Where a message is written. Enter sends, Shift+Enter breaks the line; what is not sent yet is kept as the conversation's draft.
 *
 * @element im-composer
 * @summary The field in which a message is written.
 *
 * @slot start - Buttons before the field.
 * @slot end - Buttons between the field and the send button.
 *
 * @fires {ImEvent} im-before-send - Cancellable. The page may change `detail.message`, or refuse it: what was written stays in the field then.
 *
 * @csspart field - The box round the text.
 * @csspart input - The text area.
 * @csspart send - The send button.
 * @csspart note - The line above the field: what went wrong, how many characters there are.
 */
export class ImComposer extends ImElement {
  static override styles = [ImElement.styles, composerStyles];

  /** Conversation id; by default the one of the surrounding window, or the one that is chosen in the list. */
  @property() conversation: string | undefined;
  /** What stands in the empty field. */
  @property() placeholder: string | undefined;
  /** Nothing can be written. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** The message that is being answered. */
  @property({ attribute: false }) quote: Message | undefined;
  /** The message of which the text is being changed. */
  @property({ attribute: false }) editing: Message | undefined;

  @state() private text = '';
  @state() private error: string | undefined;
  @query('textarea') private area!: HTMLTextAreaElement | null;

  private readonly link = new ClientController(this, { conversations: () => this.followDraft() });
  private readonly selection = new ContextConsumer(this, { context: selectionContext, subscribe: true });
  private readonly enter = new EnterKey();
  /** Whose text stands in the field, and what of it the client knows. */
  private current: string | undefined;
  private knownDraft = '';
  private sending = 0;

  /** What stands in the field. */
  get value(): string {
    return this.text;
  }
  set value(text: string) {
    this.write(text);
  }

  override focus(options?: FocusOptions): void {
    this.area?.focus(options);
  }

  /** Sends what stands in the field, as Enter does. Resolves when the outbox holds it, or at once when there is nothing to send. */
  async send(): Promise<void> {
    const { client } = this.link;
    const { current } = this;
    const content = sendable(this.text);
    if (!client || current === undefined || this.disabled || content === '' || this.over > 0) return;
    const message: MessageDraft = { type: 'text', content };
    const event = new ImEvent('im-before-send', { conversationId: current, message }, { cancelable: true });
    if (!this.dispatchEvent(event)) return;
    const written = this.text;
    this.error = undefined;
    this.text = this.knownDraft = '';
    this.sending++;
    client.setTyping(current, false);
    try {
      // The draft goes with the message: were the page to die now, the text would be sent or stand here, and never both.
      await client.send(current, event.detail.message, '');
    } catch (error) {
      this.putBack(current, written);
      this.error = describeError(this.localize.t, codeOf(error));
    } finally {
      this.sending--;
    }
  }

  override disconnectedCallback(): void {
    if (this.current !== undefined && this.text !== '') this.link.client?.setTyping(this.current, false);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const wanted = this.link.client ? (this.conversation ?? this.selection.value?.conversationId) : undefined;
    if (wanted !== this.current) this.open(wanted);
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    const disabled = this.disabled || this.current === undefined;
    const label = this.placeholder ?? t.writeMessage;
    const { over } = this;
    return html`
      <div class="note" part="note">
        <span id="wrong" class="wrong" role="alert">${over > 0 ? t.tooLong(over) : this.error}</span>
        <span id="count" class=${over > 0 ? 'wrong' : ''} dir="ltr">${this.count()}</span>
      </div>
      <form @submit=${this.onSubmit}>
        <slot name="start"></slot>
        <div class="box" part="field">
          <div class="mirror" aria-hidden="true" .textContent=${`${this.text}\u200b`}></div>
          <textarea
            part="input"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            autocapitalize="sentences"
            placeholder=${label}
            aria-label=${label}
            aria-describedby="wrong count"
            aria-invalid=${over > 0 ? 'true' : nothing}
            ?disabled=${disabled}
            .value=${this.text}
            @input=${this.onInput}
            @keydown=${this.onKeyDown}
            @keyup=${this.enter.onKeyUp}
            @compositionstart=${this.enter.onCompositionStart}
            @compositionend=${this.enter.onCompositionEnd}
            @blur=${this.onBlur}
          ></textarea>
        </div>
        <slot name="end"></slot>
        <button
          class="send"
          part="send"
          type="submit"
          aria-label=${t.send}
          title=${t.send}
          ?disabled=${disabled || over > 0 || sendable(this.text) === ''}
          @mousedown=${keepFocus}
        >
          ${iconSend}
        </button>
      </form>
    `;
  }

  protected override updated(): void {
    // Lit compares with what it wrote last, not with what was typed since.
    if (this.area && this.area.value !== this.text) this.area.value = this.text;
  }

  /** How many characters there are too many. */
  private get over(): number {
    return Math.max(0, sendable(this.text).length - limits.text);
  }

  private count(): string | typeof nothing {
    const { length } = sendable(this.text);
    return length >= countFrom ? `${length} / ${limits.text}` : nothing;
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.send();
    this.focus();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!this.enter.sends(event)) return;
    event.preventDefault();
    void this.send();
  };

  private readonly onInput = (event: Event): void => {
    this.error = undefined;
    this.write((event.target as HTMLTextAreaElement).value);
    if (this.current !== undefined) this.link.client?.setTyping(this.current, this.text !== '');
  };

  private readonly onBlur = (): void => {
    if (this.current !== undefined && this.text !== '') this.link.client?.setTyping(this.current, false);
  };

  private write(text: string): void {
    this.text = text;
    if (this.current === undefined) return;
    this.knownDraft = text;
    this.link.client?.setDraft(this.current, text);
  }

  private putBack(conversation: string, written: string): void {
    if (conversation !== this.current) this.link.client?.setDraft(conversation, written);
    else this.write(this.text === '' ? written : `${written}\n${this.text}`);
  }

  private open(conversation: string | undefined): void {
    const { client } = this.link;
    if (this.current !== undefined && this.text !== '') client?.setTyping(this.current, false);
    this.current = conversation;
    this.error = undefined;
    this.text = this.knownDraft = this.draft() ?? '';
  }

  /** `undefined` while the client does not know the conversation yet: it cannot say then what is written in it. */
  private draft(): string | undefined {
    const known = this.current === undefined ? undefined : this.link.client?.conversation(this.current);
    return known && (known.draft ?? '');
  }

  /** Takes over what another tab, or the cache, has as the draft, unless something else is being written here. */
  private followDraft(): boolean {
    const draft = this.draft();
    if (draft === undefined || draft === this.knownDraft || this.sending > 0) return false;
    const untouched = this.text === this.knownDraft;
    this.knownDraft = draft;
    if (untouched) this.text = draft;
    return untouched;
  }
}

/** By shape, not by class: a page may bring a client out of another copy of this code. */
function codeOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** A press on the button leaves the keyboard in the field, and a phone's keyboard open. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
