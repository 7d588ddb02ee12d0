import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { iconClose } from '../../styles/icons.js';
import { ActElement } from '../message-parts/act-element.js';
import type { Act } from './acts.js';

/** In the composer's place while messages are being chosen: how many, and what can be done with all of them. */
export class ImSelectionBar extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      [role='toolbar'] {
        display: flex;
        gap: var(--_space-1);
        align-items: center;
        min-height: 60px;
        padding: var(--_space-2) var(--_space-3);
        border-block-start: 1px solid var(--_color-line);
        background: var(--_color-background);
      }
      .count {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        padding-inline: var(--_space-1);
        color: var(--_color-text-soft);
        font-size: var(--_font-size-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .act {
        display: flex;
        flex: none;
        gap: 6px;
        align-items: center;
        min-height: 36px;
        padding: 0 10px;
        border-radius: var(--_radius-medium);
        font-size: var(--_font-size-small);
        font-weight: 600;
      }
      .act:hover {
        background: var(--_color-hover);
      }
      .turns:dir(rtl) .icon {
        transform: scaleX(-1);
      }
      .danger {
        color: var(--_color-danger);
      }
      :host {
        container-type: inline-size;
      }
      @container (width < 560px) {
        .label {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  @property({ attribute: false }) able: readonly Act[] = [];
  @property({ attribute: false }) press: (act: Act | undefined) => void = () => undefined;

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus(options));
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<div role="toolbar" aria-label=${words.selectHint}>
      <button
        class="icon-button"
        type="button"
        aria-label=${words.cancel}
        title=${words.cancel}
        @click=${() => this.press(undefined)}
      >
        ${iconClose}
      </button>
      <span class="count">${words.selected(this.count)}</span>
      ${this.able.map(
        (act) =>
          html`<button
            class="act ${act.danger ? 'danger' : ''} ${act.turns ? 'turns' : ''}"
            type="button"
            title=${words[act.id]}
            @click=${() => this.press(act)}
          >
            ${act.icon}<span class="label">${words[act.id]}</span>
          </button>`,
      )}
    </div>`;
  }
}
