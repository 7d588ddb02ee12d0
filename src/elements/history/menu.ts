import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ImElement } from '../base.js';
import { iconCheck } from './icons.js';
import { popup } from './popup.styles.js';

export type MenuItem = {
  readonly label: string;
  readonly icon?: TemplateResult;
  /** A switch, and whether it is on. */
  readonly checked?: boolean;
  readonly run: () => void;
};

/** Where it opens: at a point of the window, or below an element, at its inline end. */
export type Anchor = Element | { readonly x: number; readonly y: number };

const margin = 8;
/** What happens elsewhere and ends it. */
const away = ['pointerdown', 'mousedown', 'resize', 'blur', 'wheel'];

/**
 * A menu, in the top layer, so that nothing clips it. Keyboard as in https://www.w3.org/WAI/ARIA/apg/patterns/menubar/: arrows, Home, End,
 * letters, Enter, Escape.
 */
export class ImMenu extends ImElement {
  static override styles = [
    ImElement.styles,
    popup,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        min-width: 180px;
        max-width: calc(100vw - 16px);
        max-height: calc(100vh - 16px);
        margin: 0;
        padding: 6px;
        overflow: auto;
      }
      button {
        display: flex;
        gap: var(--_space-3);
        align-items: center;
        width: 100%;
        min-height: 40px;
        padding: 0 var(--_space-3);
        border-radius: 8px;
        text-align: start;
      }
      button:hover,
      button:focus {
        background: var(--_color-hover);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .icon {
        color: var(--_color-text-soft);
      }
      span {
        flex: 1;
      }
      .off .icon {
        visibility: hidden;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly MenuItem[] = [];
  @property() label = '';
  /** Called once, when it is gone. */
  closed: () => void = () => undefined;

  private opener: HTMLElement | undefined;
  private anchor: Anchor = { x: 0, y: 0 };

  protected override render(): TemplateResult {
    return html`<div
      class="popup"
      popover="manual"
      role="menu"
      aria-label=${this.label}
      @keydown=${this.onKey}
      @focusout=${this.onFocusOut}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${this.items.map(
        (item) =>
          html`<button
            type="button"
            role=${item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked=${item.checked ?? 'false'}
            class=${item.checked === false ? 'off' : ''}
            tabindex="-1"
            @click=${() => this.choose(item)}
          >
            ${item.checked === undefined ? item.icon : iconCheck}<span>${item.label}</span>
          </button>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    // An attribute of switches only; lit cannot leave it out where it stands in a template with a fixed value.
    for (const button of this.buttons) if (button.role === 'menuitem') button.removeAttribute('aria-checked');
  }

  /** Shows it, and puts the keyboard into it. `opener` gets the keyboard back. */
  async open(anchor: Anchor, opener: HTMLElement | undefined): Promise<void> {
    this.opener = opener;
    this.anchor = anchor;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[popover]')!.showPopover();
    this.place();
    this.buttons[0]?.focus({ preventScroll: true });
    const view = this.ownerDocument.defaultView!;
    for (const type of away) view.addEventListener(type, this.onAway, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const view = this.ownerDocument.defaultView;
    for (const type of away) view?.removeEventListener(type, this.onAway, true);
  }

  close(returnFocus = true): void {
    if (!this.isConnected) return;
    this.remove();
    if (returnFocus) this.opener?.focus({ preventScroll: true });
    this.closed();
  }

  private get buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  private choose(item: MenuItem): void {
    this.close();
    item.run();
  }

  private place(): void {
    const { anchor } = this;
    const box = this.renderRoot.querySelector<HTMLElement>('[popover]')!;
    const { width, height } = box.getBoundingClientRect();
    const { innerWidth, innerHeight } = this.ownerDocument.defaultView!;
    const rtl = this.localize.dir === 'rtl';
    let x: number;
    let y: number;
    if (anchor instanceof Element) {
      const rect = anchor.getBoundingClientRect();
      x = rtl ? rect.left : rect.right - width;
      y = rect.bottom + height + margin > innerHeight ? rect.top - height : rect.bottom;
    } else {
      x = rtl ? anchor.x - width : anchor.x;
      y = anchor.y;
    }
    const within = (at: number, size: number, all: number): number =>
      Math.max(margin, Math.min(at, all - size - margin));
    box.style.setProperty('left', `${within(x, width, innerWidth)}px`);
    box.style.setProperty('top', `${within(y, height, innerHeight)}px`);
  }

  private readonly onAway = (event: Event): void => {
    if (event.composedPath().includes(this)) return;
    // A phone that is turned, a keyboard that goes.
    if (event.type === 'resize') return this.place();
    if (event.type === 'blur' && event.target !== this.ownerDocument.defaultView) return;
    this.close(false);
  };

  private readonly onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget && !this.renderRoot.contains(relatedTarget as Node)) this.close(false);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { buttons } = this;
    const at = buttons.indexOf(this.shadowRoot!.activeElement as HTMLButtonElement);
    const steps = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['Home', 0],
      ['End', buttons.length - 1],
    ]);
    const to = steps.get(event.key) ?? this.byLetter(event.key, at);
    if (to !== undefined) buttons.at(to % buttons.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private byLetter(key: string, at: number): number | undefined {
    if (key.length !== 1 || key === ' ') return undefined;
    const { items } = this;
    const found = items.findIndex((_, i) =>
      items[(at + 1 + i) % items.length]!.label.toLowerCase().startsWith(key.toLowerCase()),
    );
    return found < 0 ? undefined : (at + 1 + found) % items.length;
  }
}

/** Opens a menu inside `root`, which gives it its colours and its language; another one that is open there closes. */
export function openMenu(
  root: HTMLElement,
  {
    label,
    items,
    anchor,
    opener,
  }: { label: string; items: MenuItem[]; anchor: Anchor; opener?: HTMLElement | undefined },
): ImMenu {
  if (!customElements.get('im-menu')) customElements.define('im-menu', ImMenu);
  for (const other of root.querySelectorAll<ImMenu>('im-menu')) other.close(false);
  const menu = root.ownerDocument.createElement('im-menu') as ImMenu;
  menu.label = label;
  menu.items = items;
  root.append(menu);
  void menu.open(anchor, opener);
  return menu;
}
