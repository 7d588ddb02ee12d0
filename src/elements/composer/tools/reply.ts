import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import type { Message } from '../../../protocol/message.js';
import { renderPreview } from '../../../renderers/registry.js';
import { iconClose } from '../../../styles/icons.js';
import { ImEvent } from '../../events.js';
import { Names } from '../../message-list/names.js';
import { sendable } from '../sendable.js';
import { iconEdit, iconReply } from './icons.js';
import type { ComposerTools } from './tools.js';

/** What a conversation keeps while another one is on screen. */
type Kept = { readonly quote: Message | undefined; readonly editing: Message | undefined; readonly text: string };

/** The message that is answered, and the one that is changed. Both stay with their conversation. */
export class Reply {
  readonly #tools: ComposerTools;
  readonly #names = new Names();
  readonly #kept = new Map<string, Kept>();
  /** The message whose text stands in the field. */
  #edited: Message | undefined;
  #focus = false;
  #quoted: Message | undefined;

  constructor(tools: ComposerTools) {
    this.#tools = tools;
  }

  /** The page sets `quote` and `editing`: what follows from it. */
  follow(): void {
    const { host } = this.#tools;
    if (host.editing && host.editing.conversationId !== host.current) host.editing = undefined;
    if (host.quote !== this.#quoted) {
      this.#quoted = host.quote;
      this.#focus ||= host.quote !== undefined;
    }
    if (host.editing === this.#edited) return;
    this.#edited = host.editing;
    this.#focus = true;
    if (host.editing) host.text = host.editing.content ?? '';
    else host.takeBack();
  }

  /** Somebody who answers or changes a message is going to write. */
  updated(): void {
    if (!this.#focus) return;
    this.#focus = false;
    const area = this.#tools.host.shadowRoot!.querySelector('textarea')!;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  leave(): void {
    const { host } = this.#tools;
    const { current, editing, text } = host;
    const quote = host.quote?.conversationId === current ? host.quote : undefined;
    if (current !== undefined && (quote || editing)) this.#kept.set(current, { quote, editing, text });
    if (quote) host.quote = undefined;
    host.editing = this.#edited = undefined;
  }

  enter(): void {
    const { host } = this.#tools;
    const kept = this.#kept.get(host.current ?? '');
    if (!kept) return;
    this.#kept.delete(host.current!);
    host.quote ??= this.#quoted = kept.quote;
    host.editing = this.#edited = kept.editing;
    if (kept.editing) host.text = kept.text;
  }

  /** What of a draft says which message it answers, once; `putBack` when it could not be sent. */
  take(): { readonly draft: object; readonly putBack: () => void } {
    const { host } = this.#tools;
    const { quote, current } = host;
    if (!quote || quote.conversationId !== current || quote.seq === undefined)
      return { draft: {}, putBack: () => undefined };
    host.quote = this.#quoted = undefined;
    return {
      draft: { replyTo: quote.seq },
      putBack: () => {
        if (host.current === current) host.quote ??= quote;
        else this.#kept.set(current, { quote, editing: undefined, text: '' });
      },
    };
  }

  async save(): Promise<boolean> {
    const { host, mentions } = this.#tools;
    const { editing, text, client } = host;
    const content = sendable(text);
    if (!editing || content === '' || !client?.edit) return false;
    host.editing = undefined;
    if (content === editing.content) return true;
    try {
      await client.edit(editing, content, mentions.ofEdit(editing, content));
      return true;
    } catch (error) {
      if (host.current === editing.conversationId && !host.editing) {
        host.editing = this.#edited = editing;
        host.text = text;
      }
      this.#tools.fail(error);
      return false;
    }
  }

  onKeyDown(event: KeyboardEvent): boolean {
    const { host } = this.#tools;
    if (event.key === 'Escape' && (host.editing || host.quote)) {
      event.stopPropagation();
      this.#drop();
      return true;
    }
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    return event.key === 'ArrowUp' && plain && host.text === '' && !host.editing && this.#editLast();
  }

  render(t: ComposerTexts): TemplateResult | typeof nothing {
    const { host } = this.#tools;
    const message = host.editing ?? (host.quote?.conversationId === host.current ? host.quote : undefined);
    if (!message) return nothing;
    const edits = message === host.editing;
    const words = host.words.t;
    const nameOf = this.#names.of(host.client, host.client?.conversation(message.conversationId));
    const name = message.flow === 'out' ? words.self : nameOf(message.from);
    const label = edits ? t.cancelEdit : t.removeQuote;
    return html`<div class="quote" part="quote" role="group" aria-label=${edits ? t.editing : t.replyTo(name)}>
      ${edits ? iconEdit : iconReply}
      <div class="quoted">
        <b dir="auto">${edits ? t.editing : name}</b>
        <span dir="auto">${renderPreview(message, { t: words, nameOf })}</span>
      </div>
      <button class="icon-button" type="button" aria-label=${label} title=${label} @click=${() => this.#drop()}>
        ${iconClose}
      </button>
    </div>`;
  }

  #drop(): void {
    const { host } = this.#tools;
    if (host.editing) host.editing = undefined;
    else host.quote = undefined;
    this.#focus = true;
  }

  #editLast(): boolean {
    const { host } = this.#tools;
    const { client, current } = host;
    if (!client?.edit || current === undefined) return false;
    const message = client
      .timeline(current)
      .messages.findLast(
        (each) => each.flow === 'out' && each.type === 'text' && each.status === 'success' && !!each.content,
      );
    if (!message) return false;
    const event = new ImEvent('im-edit-last', { conversationId: current, message }, { cancelable: true });
    if (host.dispatchEvent(event)) host.editing = message;
    return true;
  }
}
