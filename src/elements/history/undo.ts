import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ImElement } from '../base.js';
import { popup } from './popup.styles.js';

const shownMs = 8_000;

/** Says what was done, and takes it back. Goes by itself, though not while somebody is at it. */
export class ImUndo extends ImElement {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      :host {
        position: absolute;
        inset: auto var(--_space-3) var(--_space-3);
        z-index: 2;
      }
      .popup {
        display: flex;
        gap: var(--_space-3);
        align-items: center;
        justify-content: space-between;
        padding: var(--_space-3) var(--_space-4);
      }
    `,
  ];

  @property() text = '';
  @property() action = '';
  /** What takes it back; absent where there is only something to say. */
  @property({ attribute: false }) undo: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setTimeout(() => this.expire(), shownMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="popup" role="status">
      <span>${this.text}</span>
      ${this.undo && html`<button class="link-button" type="button" @click=${this.onUndo}>${this.action}</button>`}
    </div>`;
  }

  private expire(): void {
    if (this.matches(':hover, :focus-within')) this.timer = setTimeout(() => this.expire(), shownMs);
    else this.remove();
  }

  private readonly onUndo = (): void => {
    this.remove();
    this.undo?.();
  };
}

/** Shows it inside `root`, in place of an earlier one. */
export function showUndo(root: HTMLElement, text: string, action = '', undo?: () => void): void {
  if (!customElements.get('im-undo')) customElements.define('im-undo', ImUndo);
  root.querySelector('im-undo')?.remove();
  const element = root.ownerDocument.createElement('im-undo') as ImUndo;
  Object.assign(element, { text, action, undo });
  root.append(element);
}
