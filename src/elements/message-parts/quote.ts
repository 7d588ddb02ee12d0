import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { previewText } from '../../renderers/preview.js';
import { ClientController } from '../controllers/client-controller.js';
import { ActElement } from './act-element.js';
import { ActEvent } from './act-event.js';
import { bySeq } from './by-seq.js';

/** `undefined`: not known yet; `null`: there is none. */
type Found = Message | null | undefined;

/** The message that a message answers, in two lines. Its size is set by `im-message`, whatever comes to stand in it. */
export class ImQuote extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      .root,
      button {
        height: 100%;
      }
      button {
        display: block;
        width: 100%;
        padding: 2px var(--_space-2);
        overflow: hidden;
        border-inline-start: 3px solid var(--_color-accent-text);
        border-radius: var(--_radius-small);
        background: color-mix(in oklab, var(--_color-ground) 75%, transparent);
        font-size: var(--_font-size-small);
        line-height: 19px;
      }
      .who,
      .what {
        display: block;
        overflow: hidden;
        text-align: match-parent;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .who {
        color: var(--_color-accent-text);
        font-weight: 600;
      }
      .what {
        color: var(--_color-text-soft);
      }
      .none {
        font-style: italic;
      }
    `,
  ];

  @property({ attribute: false }) message: Message | undefined;
  @property({ type: Boolean }) active = false;
  @property({ attribute: false }) nameOf: (account: string) => string = (account) => account;

  @state() private found: Found;
  private asked: string | undefined;

  private readonly link = new ClientController(
    this,
    { timeline: ({ conversationId }) => conversationId === this.message?.conversationId && this.follow() },
    () => (this.asked = undefined),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { client } = this.link;
    const { conversationId, replyTo } = this.message ?? {};
    const key = client && replyTo !== undefined ? `${conversationId} ${replyTo}` : undefined;
    if (key === this.asked) return;
    this.asked = key;
    this.found = undefined;
    if (!client || conversationId === undefined || replyTo === undefined || this.follow()) return;
    client.messageAt(conversationId, replyTo).then(
      (found) => this.asked === key && (this.found = found ?? null),
      () => this.asked === key && (this.found = null),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { found, words } = this;
    const who = found ? this.who(found) : '';
    return html`<button type="button" tabindex=${this.active ? 0 : -1} ?disabled=${!found} @click=${this.onClick}>
      <bdi class="who">${who}</bdi
      ><bdi class=${found && !found.recalled ? 'what' : 'what none'}
        >${found === undefined ? nothing : found === null ? words.quoteGone : this.text(found)}</bdi
      >
    </button>`;
  }

  protected override updated(): void {
    // A name for the message's own label, which does not look into shadow trees in every engine.
    const { found, words } = this;
    this.role = 'group';
    this.ariaLabel = found ? words.quoteOf(this.who(found), this.text(found)) : words.quoteGone;
  }

  private who({ flow, from }: Message): string {
    return flow === 'out' ? this.t.self : this.nameOf(from);
  }

  private text(found: Message): string {
    return found.recalled ? this.words.quoteRecalled : previewText(found, this.localize.t, this.nameOf);
  }

  /** Takes the message over from the timeline where it is there: it may have been changed or recalled. */
  private follow(): boolean {
    const { conversationId, replyTo } = this.message ?? {};
    if (conversationId === undefined || replyTo === undefined) return false;
    const loaded = bySeq(this.link.client?.timeline(conversationId).messages ?? [], replyTo);
    if (!loaded || loaded === this.found) return false;
    this.found = loaded;
    return true;
  }

  private readonly onClick = (): void => {
    const { message } = this;
    if (message?.replyTo !== undefined)
      this.dispatchEvent(new ActEvent('im-quote-click', { message, seq: message.replyTo }));
  };
}
