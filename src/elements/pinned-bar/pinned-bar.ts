import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { previewText } from '../../renderers/preview.js';
import { iconList, iconUnpin } from '../../styles/act-icons.js';
import { iconPin } from '../../styles/icons.js';
import { ClientController } from '../controllers/client-controller.js';
import { Names } from '../message-list/names.js';
import { ActElement } from '../message-parts/act-element.js';
import { ActEvent } from '../message-parts/act-event.js';
import { pinnedBarStyles } from './pinned-bar.styles.js';

/** Below a conversation's header, where something is pinned in it: the newest, and a list of all. */
export class ImPinnedBar extends ActElement {
  static override styles = [ActElement.styles, pinnedBarStyles];

  @property() conversation: string | undefined;

  @state() private pins: readonly Message[] = [];
  @state() private listed = false;
  @query('.all') private opener!: HTMLElement | null;
  /** What was asked for last, and which pins the timeline showed then. */
  private asked: string | undefined;
  private readonly names = new Names();

  private readonly link = new ClientController(
    this,
    {
      timeline: ({ conversationId }) => conversationId === this.conversation,
      // What happened meanwhile may be beyond what is in memory.
      connection: ({ state }) => {
        if (state !== 'connected') return false;
        this.asked = undefined;
        return true;
      },
    },
    () => (this.asked = undefined),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('conversation')) {
      this.pins = [];
      this.listed = false;
    }
    const { client } = this.link;
    const { conversation } = this;
    if (!client || conversation === undefined) {
      this.pins = [];
      return;
    }
    const loaded = client.timeline(conversation).messages;
    const shown = loaded.filter(({ pinned }) => pinned).map(({ idClient, editTime }) => `${idClient} ${editTime}`);
    const key = `${conversation} ${shown.join()}`;
    if (key === this.asked) return;
    this.asked = key;
    client.pinned(conversation).then(
      (pins) => {
        if (conversation !== this.conversation) return;
        this.pins = pins;
        this.listed &&= pins.length > 0;
      },
      // It is asked again with the next change, or when the link is back.
      () => undefined,
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { pins, words } = this;
    const [newest] = pins;
    if (!newest) return nothing;
    return html`<div class="bar" @keydown=${this.onKey} @focusout=${this.onBlur}>
      <button class="newest" type="button" title=${words.goTo} @click=${() => this.go(newest)}>
        ${iconPin}
        <span class="text"
          ><span class="label">${words.pinnedMessage}</span><bdi class="what">${this.said(newest)}</bdi></span
        >
      </button>
      ${
        pins.length > 1
          ? html`<span class="number" aria-hidden="true">${pins.length}</span>
              <button
                class="icon-button all"
                type="button"
                aria-expanded=${this.listed}
                aria-controls="list"
                aria-label=${words.allPinned(pins.length)}
                title=${words.allPinned(pins.length)}
                @click=${() => (this.listed = !this.listed)}
              >
                ${iconList}
              </button>`
          : this.unpin(newest)
      }
      ${this.listed && pins.length > 1 ? this.list() : nothing}
    </div>`;
  }

  private list(): TemplateResult {
    const { words, localize } = this;
    return html`<ul id="list" aria-label=${words.allPinned(this.pins.length)}>
      ${this.pins.map(
        (pin) =>
          html`<li>
            <button class="go" type="button" title=${words.goTo} @click=${() => this.go(pin)}>
              <span class="label"><bdi>${this.nameOf(pin.from)}</bdi> · ${localize.full(pin.time)}</span
              ><bdi class="what">${this.said(pin)}</bdi>
            </button>
            ${this.unpin(pin)}
          </li>`,
      )}
    </ul>`;
  }

  private unpin(message: Message): TemplateResult {
    const { words } = this;
    return html`<button
      class="icon-button"
      type="button"
      aria-label="${words.unpin}: ${this.said(message)}"
      title=${words.unpin}
      @click=${() => this.dispatchEvent(new ActEvent('im-act', { act: 'unpin', message }))}
    >
      ${iconUnpin}
    </button>`;
  }

  private nameOf(account: string): string {
    const { client } = this.link;
    const conversation = this.conversation === undefined ? undefined : client?.conversation(this.conversation);
    return this.names.of(client, conversation)(account);
  }

  private said(message: Message): string {
    return previewText(message, this.t, (account) => this.nameOf(account));
  }

  private go({ seq }: Message): void {
    this.listed = false;
    if (seq !== undefined) this.dispatchEvent(new ActEvent('im-quote-click', { seq }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.listed) return;
    event.stopPropagation();
    this.listed = false;
    this.opener?.focus();
  };

  private readonly onBlur = (event: FocusEvent): void => {
    // A press on nothing in particular, or a pin that is gone, takes the focus nowhere.
    if (event.relatedTarget && !this.renderRoot.contains(event.relatedTarget as Node)) this.listed = false;
  };
}
