import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Message } from '../../protocol/message.js';
import { iconReact } from '../../styles/act-icons.js';
import { ClientController } from '../controllers/client-controller.js';
import { ActElement } from './act-element.js';
import { ActEvent } from './act-event.js';

/** More names than this are counted. */
const mostNames = 10;

/** The reactions to a message: each emoji with how many gave it. A click gives one's own, or takes it back. */
export class ImReactions extends ActElement {
  static override styles = [
    ActElement.styles,
    css`
      .root {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-1);
        padding-block-start: var(--_space-1);
      }
      button {
        display: inline-flex;
        gap: var(--_space-1);
        align-items: center;
        justify-content: center;
        min-width: 34px;
        height: 26px;
        padding: 0 var(--_space-2);
        border: 1px solid var(--_color-line);
        border-radius: var(--_radius-full);
        background: var(--_color-surface);
        color: var(--_color-text-soft);
        font-size: var(--_font-size-small);
        line-height: 20px;
        font-variant-numeric: tabular-nums;
      }
      button:hover:enabled {
        border-color: var(--_color-accent-text);
      }
      .own {
        border-color: var(--_color-accent-text);
        background: color-mix(in oklab, var(--_color-accent) 14%, var(--_color-surface));
        color: var(--_color-accent-text);
        font-weight: 600;
      }
      .add .icon {
        width: 16px;
        height: 16px;
      }
    `,
  ];

  @property({ attribute: false }) message: Message | undefined;
  @property({ type: Boolean }) active = false;
  @property({ attribute: false }) nameOf: (account: string) => string = (account) => account;

  private readonly link = new ClientController(this, {});

  protected override render(): TemplateResult {
    const { words } = this;
    const tabindex = this.active ? 0 : -1;
    const own = this.link.client?.account;
    return html`${repeat(
        this.message?.reactions ?? [],
        ({ emoji }) => emoji,
        ({ emoji, accounts }) => {
          const mine = own !== undefined && accounts.includes(own);
          const names = this.names(accounts, own);
          return html`<button
            type="button"
            class=${mine ? 'own' : nothing}
            tabindex=${tabindex}
            aria-pressed=${mine}
            aria-label=${words.reaction(emoji, accounts.length, names)}
            title=${names}
            @click=${() => this.react(emoji, !mine)}
          >
            <span aria-hidden="true">${emoji}</span><span aria-hidden="true">${accounts.length}</span>
          </button>`;
        },
      )}<button
        type="button"
        class="add"
        tabindex=${tabindex}
        aria-label=${words.addReaction}
        title=${words.addReaction}
        @click=${this.onMore}
      >
        ${iconReact}
      </button>`;
  }

  protected override updated(): void {
    this.role = 'group';
    const own = this.link.client?.account;
    const all = (this.message?.reactions ?? []).map(({ emoji, accounts }) =>
      this.words.reaction(emoji, accounts.length, this.names(accounts, own)),
    );
    this.ariaLabel = `${this.words.reactions}: ${all.join('; ')}`;
  }

  private names(accounts: readonly string[], own: string | undefined): string {
    const { t } = this.localize;
    const named = accounts.slice(0, mostNames).map((account) => (account === own ? t.self : this.nameOf(account)));
    return t.names(named, accounts.length - named.length);
  }

  private react(emoji: string, on: boolean): void {
    if (this.message) this.dispatchEvent(new ActEvent('im-act', { act: 'react', message: this.message, emoji, on }));
  }

  private readonly onMore = (event: Event): void => {
    const anchor = event.currentTarget as Element;
    if (this.message) this.dispatchEvent(new ActEvent('im-act', { act: 'react-more', message: this.message, anchor }));
  };
}
