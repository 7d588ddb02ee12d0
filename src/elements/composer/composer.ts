import { ContextConsumer } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ancestorsOf } from '../../i18n/ancestors.js';
import { describeError } from '../../i18n/errors.js';
import { limits } from '../../protocol/limits.js';
import type { Message, MessageDraft } from '../../protocol/message.js';
import { iconAttach, iconEmoji, iconMic, iconSend } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { selectionContext } from '../context.js';
import { ClientController } from '../controllers/client-controller.js';
import { ImEvent } from '../events.js';
import type { ChatClientApi } from '../../client/api.js';
import { composerStyles } from './composer.styles.js';
import { EnterKey } from './enter-key.js';
import { sendable } from './sendable.js';
import type { ComposerTools, ToolName } from './tools/tools.js';

/** From this length on the number of characters is shown. */
const countFrom = 4_500;

/**
 * Where a message is written. Enter sends, Shift+Enter breaks the line; what is not sent yet is kept as the conversation's draft.
 * Files are attached by the button, by pasting and by dropping; `@` mentions members of a group; with nothing written a voice message
 * can be recorded. What the first paint does not need comes in `tools/`, when somebody first uses the field.
 *
 * @element im-composer
 * @summary The field in which a message is written.
 *
 * @slot start - Buttons before the field.
 * @slot end - Buttons between the field and the send button.
 *
 * @fires {ImEvent} im-before-send - Cancellable. The page may change `detail.message`, or refuse it: what was written stays in the field then.
 * @fires {ImEvent} im-edit-last - Cancellable. The arrow key in the empty field asks to change one's own last text.
 *
 * @csspart field - The box round the text.
 * @csspart input - The text area.
 * @csspart attach - The button that attaches something.
 * @csspart emoji - The button that opens the emoji.
 * @csspart record - The button that records a voice message; there while nothing is written.
 * @csspart send - The send button.
 * @csspart note - The line above the field: what went wrong, how many characters there are.
 * @csspart refusal - The line in place of the field that says why nothing can be written.
 * @csspart quote - The message that is answered or changed, above the field.
 * @csspart attachments - What is going to be sent along.
 * @csspart popup - The menu, list or picker that floats above the field.
 */
export class ImComposer extends ImElement {
  static override styles = [ImElement.styles, composerStyles];

  /** Conversation id; by default the one of the surrounding window, or the one that is chosen in the list. */
  @property() conversation: string | undefined;
  /** What stands in the empty field. */
  @property() placeholder: string | undefined;
  /** Nothing can be written. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Which files may be attached, as the `accept` of a file input: `image/*,.pdf`. Everything by default. */
  @property() accept: string | undefined;
  /** The largest file that may be attached, in bytes; the server's own limit holds in any case. */
  @property({ type: Number, attribute: 'max-file-size' }) maxFileSize: number | undefined;
  /** The message that is answered. */
  @property({ attribute: false }) quote: Message | undefined;
  /** One's own text message that is changed: its text stands in the field, and Enter saves it. */
  @property({ attribute: false }) editing: Message | undefined;

  /** @internal */
  @state() text = '';
  /** @internal What went wrong. */
  @state() error: string | undefined;
  /** @internal What is not needed for the first paint, once it is there. */
  @state() tools: ComposerTools | undefined;
  @query('textarea') private area!: HTMLTextAreaElement | null;

  /** @internal Whose text stands in the field. */
  current: string | undefined;
  /** Whether nothing may be written here, as the client has it. */
  private refused = false;
  private readonly link = new ClientController(this, {
    conversations: () => this.followDraft() || this.mayNot !== this.refused,
    group: () => true,
  });
  private readonly selection = new ContextConsumer(this, { context: selectionContext, subscribe: true });
  private readonly enter = new EnterKey();
  /** What of the text the client knows. */
  private knownDraft = '';
  private sending = 0;
  /** What takes dropped files: the window round it, or itself. */
  private zone: Element | undefined;
  private loading: Promise<ComposerTools | undefined> | undefined;

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

  /** Sends what stands in the field and what is attached, as Enter does. Resolves when the outbox holds it, or at once when there is nothing to send. */
  async send(): Promise<void> {
    await (this.tools ?? this).sendWritten();
  }

  /** Attaches files, as if they had been chosen; they are sent with the next message. */
  async attach(files: Iterable<File>): Promise<void> {
    const list = [...files];
    (await this.need())?.attach(list);
  }

  /** @internal Sends the text with what belongs to it; whether it went. */
  async sendWritten(extra: object = {}): Promise<boolean> {
    const { client, current } = this;
    const content = sendable(this.text);
    if (!client || current === undefined || this.locked || content === '' || this.over > 0) return false;
    const message = this.ask({ type: 'text', content, ...extra });
    if (!message) return false;
    const written = this.text;
    this.error = undefined;
    this.text = this.knownDraft = '';
    this.sending++;
    client.setTyping(current, false);
    try {
      // The draft goes with the message: were the page to die now, the text would be sent or stand here, and never both.
      await client.send(current, message, '');
      return true;
    } catch (error) {
      this.putBack(current, written);
      this.error = describeError(this.localize.t, codeOf(error));
      return false;
    } finally {
      this.sending--;
    }
  }

  /** @internal Asks the page; what it lets through, or nothing. */
  ask(message: MessageDraft): MessageDraft | undefined {
    const event = new ImEvent('im-before-send', { conversationId: this.current!, message }, { cancelable: true });
    return this.dispatchEvent(event) ? event.detail.message : undefined;
  }

  /** @internal */
  get client(): ChatClientApi | undefined {
    return this.link.client;
  }

  /** @internal The texts and dates. */
  get words(): typeof this.localize {
    return this.localize;
  }

  /** @internal Whether nothing can be written. */
  get locked(): boolean {
    return this.disabled || this.refused || this.current === undefined;
  }

  /** @internal Loads what is not needed for the first paint. */
  need(): Promise<ComposerTools | undefined> {
    return (this.loading ??= import('./tools/tools.js').then(
      ({ ComposerTools }) => (this.tools = new ComposerTools(this)),
      () => (this.loading = undefined),
    ));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.zone = [...ancestorsOf(this)].find(({ localName }) => localName === 'im-chat-window') ?? this;
    this.zone.addEventListener('dragenter', this.onDrag);
  }

  override disconnectedCallback(): void {
    this.zone?.removeEventListener('dragenter', this.onDrag);
    if (this.current !== undefined && this.text !== '') this.client?.setTyping(this.current, false);
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const wanted = this.client ? (this.conversation ?? this.selection.value?.conversationId) : undefined;
    if (wanted !== this.current) this.open(wanted);
    this.refused = this.mayNot;
    if (this.refused || this.quote || this.editing || this.error || this.text.length >= countFrom) void this.need();
    this.tools?.follow();
  }

  protected override render(): TemplateResult {
    const { t } = this.localize;
    const { over, tools, locked } = this;
    const label = this.placeholder ?? tools?.label ?? t.writeMessage;
    const ready = tools?.ready ?? sendable(this.text) !== '';
    const records = canRecord() && !this.editing;
    const does = tools?.sendLabel ?? t.send;
    return html`
      <div class="note" part="note">
        <span id="wrong" class="wrong" role="alert">${over > 0 ? t.tooLong(over) : this.error}</span>
        <span id="count" class=${over > 0 ? 'wrong' : ''} dir="ltr">${this.count()}</span>
      </div>
      ${tools?.above()}
      <form ?hidden=${this.refused || tools?.takesOver} @submit=${this.onSubmit} @focusin=${this.need}>
        <slot name="start"></slot>
        ${this.tool('attach', iconAttach)}${this.tool('emoji', iconEmoji)}
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
            ?disabled=${locked}
            .value=${this.text}
            @input=${this.onInput}
            @paste=${this.onPaste}
            @keydown=${this.onKeyDown}
            @keyup=${this.enter.onKeyUp}
            @compositionstart=${this.enter.onCompositionStart}
            @compositionend=${this.enter.onCompositionEnd}
            @blur=${this.onBlur}
          ></textarea>
        </div>
        <slot name="end"></slot>
        ${this.tool('record', iconMic, ready || !records)}
        <button
          class="send"
          part="send"
          type="submit"
          aria-label=${does}
          title=${does}
          ?hidden=${!ready && records}
          ?disabled=${locked || over > 0 || !ready || tools?.waits}
          @mousedown=${keepFocus}
        >
          ${tools?.sendFace() ?? iconSend}
        </button>
      </form>
      ${tools?.popup()}
    `;
  }

  private tool(name: ToolName, icon: TemplateResult, hidden = false): TemplateResult {
    const label = this.localize.t[name];
    return html`<button
      class=${name === 'record' ? name : `icon-button ${name}`}
      part=${name satisfies 'attach' | 'emoji' | 'record'}
      type="button"
      aria-label=${label}
      title=${label}
      ?hidden=${hidden}
      ?disabled=${this.locked}
      @click=${this.onTool}
    >
      ${icon}
    </button>`;
  }

  protected override updated(): void {
    // Lit compares with what it wrote last, not with what was typed since.
    if (this.area && this.area.value !== this.text) this.area.value = this.text;
    this.tools?.updated();
  }

  private get mayNot(): boolean {
    const { client, current } = this;
    // A group that is not known yet may be written in, as far as this knows.
    return current !== undefined && client?.group(current) !== undefined && !client.may(current, 'post');
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

  private readonly onTool = async (event: Event): Promise<void> => {
    const name = (event.currentTarget as HTMLElement).getAttribute('part') as ToolName;
    (await this.need())?.toggle(name);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const sends = this.enter.sends(event);
    if (this.tools?.onKeyDown(event, sends)) event.preventDefault();
    else if (sends) {
      event.preventDefault();
      void this.send();
    }
  };

  private readonly onInput = (event: Event): void => {
    this.error = undefined;
    this.write((event.target as HTMLTextAreaElement).value);
    if (this.current !== undefined) this.client?.setTyping(this.current, this.text !== '');
    this.tools?.onInput();
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    const { files } = event.clipboardData ?? { files: [] };
    // An office program offers a picture of the text beside the text itself.
    if (files.length === 0 || event.clipboardData!.getData('text/plain')) return;
    event.preventDefault();
    void this.attach(files);
  };

  private readonly onDrag = (event: Event): void => {
    if ((event as DragEvent).dataTransfer?.types.includes('Files'))
      void import('./tools/drop-zone.js').then(({ openDropZone }) => openDropZone(this.zone!, this));
  };

  private readonly onBlur = (): void => {
    if (this.current !== undefined && this.text !== '') this.client?.setTyping(this.current, false);
  };

  /** @internal */
  write(text: string): void {
    this.text = text;
    if (this.current === undefined || this.editing) return;
    this.knownDraft = text;
    this.client?.setDraft(this.current, text);
  }

  /** @internal What was written before the edit stands in the field again. */
  takeBack(): void {
    this.text = this.knownDraft = this.draft() ?? this.knownDraft;
  }

  private putBack(conversation: string, written: string): void {
    if (conversation !== this.current) this.client?.setDraft(conversation, written);
    else this.write(this.text === '' ? written : `${written}\n${this.text}`);
  }

  private open(conversation: string | undefined): void {
    this.onBlur();
    this.tools?.leave();
    this.current = conversation;
    this.error = undefined;
    this.text = this.knownDraft = this.draft() ?? '';
    this.tools?.enter();
  }

  /** `undefined` while the client does not know the conversation yet: it cannot say then what is written in it. */
  private draft(): string | undefined {
    const known = this.current === undefined ? undefined : this.client?.conversation(this.current);
    return known && (known.draft ?? '');
  }

  /** Takes over what another tab, or the cache, has as the draft, unless something else is being written here. */
  private followDraft(): boolean {
    const draft = this.draft();
    if (draft === undefined || draft === this.knownDraft || this.sending > 0 || this.editing) return false;
    const untouched = this.text === this.knownDraft;
    this.knownDraft = draft;
    if (untouched) this.text = draft;
    return untouched;
  }
}

/** Not every engine has a recorder that records, and none has a microphone where the page did not come over a secure line. */
function canRecord(): boolean {
  const knows = (type: string): boolean => globalThis.MediaRecorder?.isTypeSupported(type);
  return !!navigator.mediaDevices && (knows('audio/webm') || knows('audio/mp4'));
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
