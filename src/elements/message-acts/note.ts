import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { ActElement } from '../message-parts/act-element.js';

/** How long it stays, in ms. */
const shownMs = 4_000;

/** Says for a moment how an act ended. Seen only: a screen reader hears it from the list. */
export class ImActNote extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        inset-block-end: var(--_space-4);
        inset-inline: var(--_space-6);
        pointer-events: none;
      }
      .note {
        width: fit-content;
        max-width: 100%;
        margin-inline: auto;
        padding: var(--_space-2) var(--_space-4);
        border-radius: var(--_radius-full);
        background: var(--_color-text);
        box-shadow: var(--_shadow-popup);
        color: var(--_color-background);
        font-size: var(--_font-size-small);
        line-height: var(--_font-line-small);
        animation: appear var(--_motion);
      }
      @keyframes appear {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
    `,
  ];

  @state() private text: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.text = undefined), shownMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.text = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.text === undefined ? nothing : html`<div class="note" aria-hidden="true">${this.text}</div>`;
  }
}
