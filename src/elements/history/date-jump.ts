import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ImElement } from '../base.js';
import { iconClose } from '../../styles/icons.js';
import { WindowPanel } from './panel.js';
import { popup } from './popup.styles.js';

/** Asks for a day, by the browser's own calendar, and shows its first message. */
export class ImDateJump extends WindowPanel {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      :host {
        position: absolute;
        inset-block-start: 60px;
        inset-inline-end: var(--_space-3);
        z-index: 3;
        max-width: calc(100% - 24px);
      }
      form {
        display: flex;
        gap: var(--_space-2);
        align-items: center;
        padding: 0 var(--_space-4) var(--_space-4);
      }
      input {
        flex: 1;
        min-width: 150px;
        height: 36px;
        padding-inline: var(--_space-3);
        border: 1px solid var(--_color-line);
        border-radius: 10px;
      }
      p {
        margin: 0;
        padding: 0 var(--_space-4) var(--_space-3);
      }
      @media (pointer: coarse) {
        input {
          font-size: 16px;
        }
      }
    `,
  ];

  /** The clock, ms since 1970. */
  now: () => number = Date.now;
  @state() private failed = false;
  @query('input') private input!: HTMLInputElement;

  protected override render(): TemplateResult {
    const { t } = this.words;
    return html`<div class="popup" role="dialog" aria-label=${t.jumpToDate}>
      <div class="panel-header">
        <h3>${t.jumpToDate}</h3>
        <button class="icon-button" type="button" aria-label=${t.close} title=${t.close} @click=${this.close}>
          ${iconClose}
        </button>
      </div>
      <form @submit=${this.onSubmit}>
        <input
          type="date"
          data-first
          required
          aria-label=${t.date}
          max=${dayOf(this.now())}
          .value=${dayOf(this.now())}
        />
        <button class="button" type="submit">${t.go}</button>
      </form>
      ${this.failed ? html`<p class="danger" role="status">${t.changeFailed}</p>` : nothing}
    </div>`;
  }

  private readonly onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const [year, month, day] = this.input.value.split('-').map(Number);
    if (!year || !month || !day) return;
    try {
      // The day as it begins where the reader is.
      const seq = await this.client.seqAt(this.conversation, new Date(year, month - 1, day).getTime());
      this.close();
      this.goTo(seq);
    } catch {
      this.failed = true;
    }
  };
}

/** As the field writes it. */
function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (part: number): string => `${part}`.padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
