import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { ActElement } from '../message-parts/act-element.js';
import { ActEvent } from '../message-parts/act-event.js';
import { remembered } from './remembered.js';

/** Beside the trace of one's own recalled message: takes its text up again, as long as this page remembers it. */
export class ImEditAgain extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      :host {
        display: inline-block;
      }
      .root {
        font-size: 12.5px;
        line-height: 18px;
      }
    `,
  ];

  @property({ attribute: false }) message: Message | undefined;
  @property({ type: Boolean }) active = false;
  /** The time, in ms since 1970. */
  @property({ attribute: false }) now: () => number = Date.now;

  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const kept = this.message && remembered(this.message.idClient, this.now());
    clearTimeout(this.timer);
    if (!kept) return nothing;
    this.timer = setTimeout(() => this.requestUpdate(), kept.until - this.now());
    return html`<button
      class="link-button"
      type="button"
      tabindex=${this.active ? 0 : -1}
      @click=${() => this.dispatchEvent(new ActEvent('im-act', { act: 'edit-again', text: kept.text }))}
    >
      ${this.words.editAgain}
    </button>`;
  }
}
