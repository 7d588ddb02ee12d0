import { ContextEvent } from '@lit/context';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { describeError } from '../../i18n/errors.js';
import type { Message } from '../../protocol/message.js';
import { bodyStyles } from '../../renderers/body.styles.js';
import { isolate } from '../../renderers/notification.js';
import { renderBody, renderPreview } from '../../renderers/registry.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { roomOf } from '../../renderers/room.js';
import { iconFailed, iconRead, iconSending, iconSent } from '../../styles/icons.js';
import { hueOf } from '../avatar/initials.js';
import { ImElement } from '../base.js';
import { loadBodies } from '../bodies/load.js';
import { clientContext } from '../context.js';
import { messageStyles } from './message.styles.js';

/** Without one a text has no direction of its own, and `auto` would mean left to right. */
const letter = /\p{L}/u;

/** Where a message stands in a run of one author. */
export type RunPlace = 'single' | 'first' | 'middle' | 'last';

/**
 * One message: a frame (author, time, status, what can be done) round a body that the renderer of its type draws.
 *
 * @element im-message
 * @summary One message of a conversation.
 *
 * @csspart bubble - The ground that body and time stand on.
 * @csspart author - The author's name.
 * @csspart body - What the renderer has drawn.
 * @csspart time - The time.
 * @csspart status - The mark for sending, sent, read or failed.
 * @csspart failure - Why it was not sent, with the buttons to send it again or to delete it.
 *
 * @cssprop [--im-message-max-width=72%] - How wide a bubble may become.
 */
export class ImMessage extends ImElement {
  static override styles: CSSResultGroup = [ImElement.styles, bodyStyles, messageStyles];

  /** What is shown. */
  @property({ attribute: false }) message: Message | undefined;
  /** How the author is called; by default the account's name. */
  @property() author: string | undefined;
  /** The author's picture. */
  @property() avatar: string | undefined;
  /** Whether the author's name stands above the first message of a run, as in a group. */
  @property({ type: Boolean }) named = false;
  /** `single`, or the `first`, a `middle` or the `last` one of a run of messages by one author. */
  @property() run: RunPlace = 'single';
  /** Whether the other one has read it. */
  @property({ type: Boolean }) read = false;
  /** Whether the keyboard is at this message: it and what is in it are tab stops then. */
  @property({ type: Boolean }) active = false;
  /** Whether it is chosen, while several are being chosen. */
  @property({ attribute: false }) picked: boolean | undefined;
  /** How other accounts are called that the message tells of. */
  @property({ attribute: false }) nameOf: RenderContext['nameOf'] = (account) => account;
  /** One of several pictures in a grid: the list draws the frame. */
  @property({ type: Boolean, reflect: true }) tile = false;
  /** Whether a text may use a little Markdown. */
  @property({ type: Boolean }) markdown = false;
  /** Changes when a renderer was registered, so that the body is drawn anew. */
  @property({ attribute: false }) drawing = 0;

  @query('article') private article!: HTMLElement | null;

  /** Puts the keyboard at this message; `active` must be set. */
  override focus(options?: FocusOptions): void {
    this.draw();
    this.article?.focus(options);
  }

  /** Draws at once what would be drawn a microtask later, for one who has to know the height now. */
  draw(): void {
    if (this.isUpdatePending) this.performUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    return message.type === 'notification' || message.recalled ? this.notice(message) : this.frame(message);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.named && this.message && (changed.has('message') || changed.has('named')))
      (this.renderRoot as HTMLElement).style.setProperty('--_hue', String(hueOf(this.message.from)));
  }

  private frame(message: Message): TemplateResult {
    const { flow, status } = message;
    const starts = this.run === 'single' || this.run === 'first';
    const ends = this.run === 'single' || this.run === 'last';
    const author = this.author ?? message.from;
    const who = flow === 'in' ? author : this.localize.t.self;
    const shown = this.named && starts && flow === 'in' && !this.tile;
    const written = message.type === 'text';
    const choosing = this.picked !== undefined;
    // No white space between the tags: it would be nodes, and a list holds many messages.
    // prettier-ignore
    return html`<article
      class="message ${flow} ${starts ? 'starts' : ''} ${ends ? 'ends' : ''} ${this.tile ? 'tile' : ''} ${choosing ? 'choosing' : ''}"
      aria-labelledby="pick who quote ${written ? 'body' : 'alt'} meta reactions"
      tabindex=${this.active ? 0 : nothing}
      >${choosing
        ? html`<input id="pick" type="checkbox" tabindex="-1" .checked=${this.picked!}
          aria-label=${this.picked ? this.localize.t.picked : this.localize.t.notPicked} />`
        : nothing
      }${flow === 'in' && ends && !this.tile
        ? html`<im-avatar aria-hidden="true" .account=${message.from} .name=${author} .src=${this.avatar}></im-avatar>`
        : nothing
      }<div class="bubble" part="bubble" ?inert=${choosing}
        ><bdi id="who" class=${shown ? 'who' : 'visually-hidden'} part="author" .textContent=${who}></bdi
        >${message.replyTo
          ? html`<im-quote id="quote" .message=${message} .active=${this.active} .nameOf=${this.nameOf}></im-quote>`
          : nothing
        }<div class="body" dir=${written && letter.test(message.content ?? '') ? 'auto' : this.localize.dir}
          ><span id="body" part="body">${this.body(message)}</span
          >${written ? nothing : html`<span id="alt" hidden .textContent=${this.alternative(message)}></span>`}<span id="meta" class="meta" dir=${this.localize.dir}
            >${message.editTime ? html`<span class="edited">${this.localize.t.edited}</span>` : nothing
            }<time part="time" .textContent=${this.localize.time(message.time)}></time>${this.status(message)}</span
        ></div
      ></div
      >${message.reactions?.length
        ? html`<im-reactions id="reactions" ?inert=${choosing} .message=${message} .active=${this.active}
          .nameOf=${this.nameOf}></im-reactions>`
        : nothing
      }${status === 'fail' ? this.failure(message) : nothing}</article>`;
  }

  private notice(message: Message): TemplateResult {
    return html`<article class="notice" aria-labelledby="body meta" tabindex=${this.active ? 0 : nothing}>
      <span id="body" class="body" part="body">${message.recalled ? this.trace(message) : this.body(message)}</span> ·
      <time id="meta" part="time">${this.localize.time(message.time)}</time>
      ${message.recalled ? html`<im-edit-again .message=${message} .active=${this.active}></im-edit-again>` : nothing}
    </article>`;
  }

  private trace({ recalled, from, flow }: Message): string {
    const { t } = this.localize;
    return flow === 'out' && recalled!.by === from ? t.recalledOwn : t.recalledBy(isolate(this.nameOf(recalled!.by)));
  }

  private body(message: Message): unknown {
    const { nameOf, active, markdown } = this;
    const client = (): ChatClientApi | undefined => this.client;
    if (roomOf(message)) loadBodies();
    return renderBody(message, {
      html,
      t: this.localize.t,
      active,
      nameOf,
      markdown,
      get client() {
        return client();
      },
    });
  }

  /** What a screen reader says in place of a picture, a voice, a card. */
  private alternative(message: Message): string {
    return renderPreview(message, { t: this.localize.t, nameOf: this.nameOf });
  }

  private status({ flow, status }: Message): TemplateResult | typeof nothing {
    if (flow === 'in') return nothing;
    const { t } = this.localize;
    const shown = status === 'success' ? (this.read ? 'read' : 'sent') : status;
    const [icon, words] = {
      sending: [iconSending, t.sending] as const,
      sent: [iconSent, t.sent] as const,
      read: [iconRead, t.read] as const,
      fail: [iconFailed, t.failed] as const,
    }[shown];
    return html`<span class="status ${shown}" part="status" role="img" aria-label=${words}>${icon}</span>`;
  }

  private failure({ idClient, error }: Message): TemplateResult {
    const { t } = this.localize;
    const tabindex = this.active ? 0 : -1;
    return html`<div class="failure" part="failure">
      <span>${describeError(t, error?.code)}</span>
      <button
        class="link-button"
        tabindex=${tabindex}
        @click=${() => this.withClient((client) => client.resend(idClient))}
      >
        ${t.resend}
      </button>
      <button
        class="link-button"
        tabindex=${tabindex}
        @click=${() => this.withClient((client) => client.discard(idClient))}
      >
        ${t.discard}
      </button>
    </div>`;
  }

  private withClient(use: (client: ChatClientApi) => Promise<void>): void {
    const { client } = this;
    if (client) use(client).catch((error: unknown) => reportError(error));
  }

  /** Asked for only when it is needed: a list holds many messages, and few of them have a use for it. */
  private get client(): ChatClientApi | undefined {
    let found: ChatClientApi | undefined;
    this.dispatchEvent(new ContextEvent(clientContext, this, (client) => (found = client ?? undefined)));
    return found;
  }
}
