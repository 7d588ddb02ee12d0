import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { iconReact } from '../../styles/act-icons.js';
import { ActElement } from '../message-parts/act-element.js';
import type { Act } from './acts.js';
import { menuStyles } from './menu.styles.js';
import { placeMenu, type Box } from './placement.js';
import { Typeahead } from './typeahead.js';

/** What the menu offers. */
export type Offer = {
  readonly acts: readonly Act[];
  /** Reactions to give, with those that one has given already; none where one may not react. */
  readonly quick: readonly { readonly emoji: string; readonly own: boolean }[];
  /** Whether any other emoji can be chosen. */
  readonly anyEmoji: boolean;
};

/** What was chosen. */
export type Choice =
  { readonly act: Act } | { readonly emoji: string; readonly on: boolean } | { readonly anyEmoji: true };

export type MenuAnchor = Box & { readonly focus?: 'acts' | 'reactions' };

/** The menu of one message, above everything else on the page. */
export class ImMessageMenu extends ActElement {
  static override styles = [ActElement.styles, menuStyles];

  @property({ attribute: false }) choose: (choice: Choice) => void = () => undefined;
  /** The menu has closed; `back`: by the keyboard or a choice, so that the focus belongs where it was. */
  @property({ attribute: false }) closed: (back: boolean) => void = () => undefined;

  @state() private offer: Offer | undefined;
  @query('[role=menu]') private menu!: HTMLElement | null;
  private readonly typeahead = new Typeahead();

  get open(): boolean {
    return this.offer !== undefined;
  }

  async show(offer: Offer, anchor: MenuAnchor): Promise<void> {
    this.offer = offer;
    const { signal } = (this.stop = new AbortController());
    const outside = (event: Event): void => {
      if (!event.composedPath().includes(this)) this.hide(false);
    };
    const { ownerDocument: page } = this;
    const view = page.defaultView!;
    page.addEventListener('pointerdown', outside, { signal, capture: true });
    // Not every scroll: the list scrolls by itself when a message comes.
    page.addEventListener('wheel', outside, { signal, capture: true, passive: true });
    view.addEventListener('resize', () => this.hide(false), { signal });
    view.addEventListener('blur', () => this.hide(false), { signal });
    await this.updateComplete;
    const { menu } = this;
    if (!menu || !this.open) return;
    menu.showPopover();
    const { documentElement: root } = page;
    const size = { width: menu.offsetWidth, height: menu.offsetHeight };
    const room = { width: root.clientWidth, height: view.innerHeight };
    const { left, top } = placeMenu(size, anchor, room, this.localize.dir === 'rtl');
    menu.style.left = `${left}px`;
    menu.style.top = `${top}px`;
    const first = menu.querySelector<HTMLElement>(anchor.focus === 'reactions' ? '[role]' : '.act');
    (first ?? this.items[0])?.focus({ preventScroll: true });
  }

  hide(back: boolean): void {
    if (!this.open) return;
    this.stop?.abort();
    if (this.menu?.matches(':popover-open')) this.menu.hidePopover();
    this.offer = undefined;
    this.closed(back);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hide(false);
  }

  private stop: AbortController | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { offer, words } = this;
    if (!offer) return nothing;
    return html`<div
      role="menu"
      popover="manual"
      aria-label=${words.actions}
      @keydown=${this.onKey}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${offer.quick.length > 0 ? this.reactions(offer) : nothing}
      ${offer.acts.map((act, i) => this.act(act, i > 0 && !!act.danger && !offer.acts[i - 1]!.danger))}
    </div>`;
  }

  private reactions({ quick, anyEmoji }: Offer): TemplateResult {
    const { words } = this;
    return html`<div class="quick" role="group" aria-label=${words.react}>
      ${quick.map(
        ({ emoji, own }) =>
          html`<button
            role="menuitemcheckbox"
            aria-checked=${own}
            tabindex="-1"
            type="button"
            @click=${() => this.take({ emoji, on: !own })}
          >
            ${emoji}
          </button>`,
      )}
      ${
        anyEmoji
          ? html`<button
              role="menuitem"
              tabindex="-1"
              type="button"
              aria-label=${words.otherEmoji}
              title=${words.otherEmoji}
              @click=${() => this.take({ anyEmoji: true })}
            >
              ${iconReact}
            </button>`
          : nothing
      }
    </div>`;
  }

  private act(act: Act, parted: boolean): TemplateResult {
    const { words } = this;
    return html`${parted ? html`<div role="separator"></div>` : nothing}<button
        class="act ${act.danger ? 'danger' : ''} ${act.turns ? 'turns' : ''}"
        role="menuitem"
        tabindex="-1"
        type="button"
        aria-keyshortcuts=${act.key ?? nothing}
        @click=${() => this.take({ act })}
      >
        ${act.icon}<span class="label">${words[act.id]}</span>${
          act.key ? html`<kbd aria-hidden="true" dir="ltr">${act.key === 'Delete' ? 'Del' : act.key}</kbd>` : nothing
        }
      </button>`;
  }

  private take(choice: Choice): void {
    this.hide(true);
    this.choose(choice);
  }

  private get items(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('button') ?? [])];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    // Nothing of it is for the list, or for the panel that the list is in.
    event.stopPropagation();
    const { key } = event;
    if (key === 'Escape' || key === 'Tab') {
      event.preventDefault();
      return this.hide(true);
    }
    const { items } = this;
    const at = items.indexOf(this.shadowRoot!.activeElement as HTMLElement);
    const to = this.target(key, items, at) ?? this.typed(event, items, at);
    if (to === undefined) return;
    event.preventDefault();
    to.focus({ preventScroll: false });
  };

  /** Where an arrow leads: up and down from one row to the next, and within the reactions to either side. */
  private target(key: string, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
    const acts = items.filter((item) => item.classList.contains('act'));
    const quick = items.filter((item) => !item.classList.contains('act'));
    const here = items[at];
    const inQuick = here !== undefined && quick.includes(here);
    const rows: readonly (HTMLElement | undefined)[] = [inQuick ? here : quick[0], ...acts].filter(Boolean);
    const row = here ? rows.indexOf(here) : -1;
    const forward = this.localize.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    switch (key) {
      case 'ArrowDown':
        return rows[(row + 1) % rows.length];
      case 'ArrowUp':
        return rows.at(row <= 0 ? -1 : row - 1);
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      case 'ArrowLeft':
      case 'ArrowRight': {
        if (!inQuick) return undefined;
        return quick.at((quick.indexOf(here) + (key === forward ? 1 : -1)) % quick.length);
      }
      default:
        return undefined;
    }
  }

  private typed(event: KeyboardEvent, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
    const { key, ctrlKey, metaKey, altKey, timeStamp } = event;
    if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
    const labels = items.map((item) => item.querySelector('.label')?.textContent ?? '');
    return items[this.typeahead.find(key, timeStamp, labels, at)];
  }
}
