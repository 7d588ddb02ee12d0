import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { iconClose, iconSearch } from '../../styles/icons.js';
import { ImElement } from '../base.js';
import { iconDownward, iconUp } from './icons.js';
import { WindowPanel } from './panel.js';
import { popup } from './popup.styles.js';

const waitMs = 250;
const pageSize = 50;

/** Searches one conversation: from the newest hit to older ones and back, each shown in its place. */
export class ImFindBar extends WindowPanel {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      :host {
        position: absolute;
        inset: 56px 0 auto;
        z-index: 3;
      }
      .bar {
        display: flex;
        gap: var(--_space-1);
        align-items: center;
        height: 48px;
        padding-inline: var(--_space-4) var(--_space-2);
        border-block-end: 1px solid var(--_color-line);
        background: var(--_color-background);
      }
      .bar > .icon {
        color: var(--_color-text-faint);
      }
      input {
        flex: 1;
        min-width: 0;
        height: 36px;
        padding-inline: var(--_space-2);
        appearance: none;
      }
      input:focus-visible {
        outline: none;
      }
      .bar:focus-within {
        box-shadow: inset 0 -2px var(--_color-accent-text);
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      .count {
        white-space: nowrap;
      }
      @media (pointer: coarse) {
        input {
          font-size: 16px;
        }
      }
    `,
  ];

  @state() private hits: readonly Message[] = [];
  @state() private at = 0;
  @state() private more = false;
  @state() private said: 'nothing' | 'found' | 'failed' | 'offline' = 'nothing';
  @query('input') private input!: HTMLInputElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.round++;
  }

  protected override render(): TemplateResult {
    const { t } = this.words;
    const { hits, at } = this;
    return html`<div class="bar" role="search" aria-label=${t.findHere}>
      ${iconSearch}
      <input
        type="search"
        data-first
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        placeholder=${t.findHere}
        aria-label=${t.findHere}
        @input=${this.onInput}
        @keydown=${this.onKey}
      />
      <span class="quiet count" role="status">${this.status()}</span>
      <button
        class="icon-button"
        type="button"
        aria-label=${t.olderHit}
        title=${t.olderHit}
        ?disabled=${at + 1 >= hits.length && !this.more}
        @click=${() => this.step(1)}
      >
        ${iconUp}
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label=${t.newerHit}
        title=${t.newerHit}
        ?disabled=${at === 0}
        @click=${() => this.step(-1)}
      >
        ${iconDownward}
      </button>
      <button class="icon-button" type="button" aria-label=${t.close} title=${t.close} @click=${this.close}>
        ${iconClose}
      </button>
    </div>`;
  }

  private status(): string | typeof nothing {
    const { t } = this.words;
    if (this.said === 'failed') return t.searchFailed;
    if (this.said === 'nothing') return nothing;
    if (this.hits.length === 0) return t.noHit;
    return t.hit(this.at + 1, `${this.hits.length}${this.more ? '+' : ''}`);
  }

  private readonly onInput = (): void => {
    clearTimeout(this.timer);
    this.round++;
    this.hits = [];
    this.at = 0;
    this.more = false;
    this.said = 'nothing';
    if (this.input.value.trim()) this.timer = setTimeout(() => void this.search(), waitMs);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    const older = event.key === 'ArrowUp' || (event.key === 'Enter' && !event.shiftKey);
    if (!older && event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    if (this.said === 'nothing' && event.key === 'Enter') {
      clearTimeout(this.timer);
      void this.search();
    } else this.step(older ? 1 : -1);
  };

  private step(by: number): void {
    const to = this.at + by;
    if (to < 0) return;
    if (to < this.hits.length) this.show(to);
    else if (this.more) void this.search(this.hits.at(-1)!.time);
  }

  private show(at: number): void {
    this.at = at;
    const seq = this.hits[at]?.seq;
    if (seq !== undefined) this.goTo(seq);
  }

  private async search(before?: number): Promise<void> {
    const round = ++this.round;
    const { conversation: conversationId } = this;
    const place = before === undefined ? {} : { before };
    try {
      const found = await this.client.search(this.input.value, { conversationId, limit: pageSize, ...place });
      if (round !== this.round) return;
      const from = before === undefined ? 0 : this.hits.length;
      this.hits = before === undefined ? found.messages : [...this.hits, ...found.messages];
      this.more = found.more;
      this.said = 'found';
      if (this.hits.length > from) this.show(from);
    } catch {
      if (round === this.round) this.said = 'failed';
    }
  }
}
