import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { iconMore, iconReact, iconReply } from '../../styles/act-icons.js';
import { ActElement } from '../message-parts/act-element.js';

export type ToolbarPress = 'react' | 'reply' | 'more';

/** Beside the message that the pointer or the keyboard is at: the two acts that are wanted most, and the menu. */
export class ImMessageToolbar extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      :host {
        position: absolute;
        z-index: 1;
      }
      [role='toolbar'] {
        display: flex;
        padding: 2px;
        border: 1px solid var(--_color-line);
        border-radius: var(--_radius-full);
        background: var(--_color-background);
        box-shadow: 0 2px 6px rgb(16 24 40 / 0.1);
      }
      .icon-button {
        width: 28px;
        height: 28px;
      }
      .reply:dir(rtl) .icon {
        transform: scaleX(-1);
      }
      .icon {
        width: 17px;
        height: 17px;
      }
    `,
  ];

  /** What may be done beside opening the menu. */
  @property({ attribute: false }) able: readonly ToolbarPress[] = [];
  @property({ attribute: false }) press: (what: ToolbarPress, at: DOMRect) => void = () => undefined;

  protected override render(): TemplateResult {
    const { words, able } = this;
    return html`<div
      role="toolbar"
      aria-label=${words.actions}
      @pointerdown=${(event: Event) => event.preventDefault()}
    >
      ${able.includes('react') ? this.button('react', words.react, iconReact) : nothing}
      ${able.includes('reply') ? this.button('reply', words.reply, iconReply) : nothing}
      ${this.button('more', words.more, iconMore)}
    </div>`;
  }

  /** Not a tab stop: the list is one, and the keyboard has the menu and its letters. */
  private button(what: ToolbarPress, label: string, icon: TemplateResult): TemplateResult {
    return html`<button
      class="icon-button ${what}"
      type="button"
      tabindex="-1"
      aria-label=${label}
      title=${label}
      aria-haspopup=${what === 'reply' ? nothing : 'menu'}
      @click=${(event: Event) => this.press(what, (event.currentTarget as Element).getBoundingClientRect())}
    >
      ${icon}
    </button>`;
  }
}
