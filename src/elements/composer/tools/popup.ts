import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import type { ImComposer } from '../composer.js';
import { place } from './place.js';
import type { Panel, PanelName } from './tools.js';

/** What the buttons open. */
const kinds = { attach: 'menu', emoji: 'dialog' } as const;

/** What floats above the field: one thing at a time. A press elsewhere, Escape or another conversation closes it. */
export class Popup {
  readonly #host: ImComposer;
  #shown: { readonly name: PanelName; readonly panel: Panel } | undefined;
  #drawn = false;

  constructor(host: ImComposer) {
    this.#host = host;
  }

  get name(): PanelName | undefined {
    return this.#shown?.name;
  }

  open(name: PanelName, panel: Panel): void {
    this.close();
    this.#shown = { name, panel };
    this.#drawn = false;
    const { ownerDocument: document } = this.#host;
    document.addEventListener('pointerdown', this.#onPress, true);
    for (const type of ['resize', 'scroll']) document.defaultView!.addEventListener(type, this.#place, true);
    this.#host.requestUpdate();
  }

  /** @param back whether the keyboard goes to the field */
  close(back = false): void {
    if (!this.#shown) return;
    this.#shown = undefined;
    const { ownerDocument: document } = this.#host;
    document.removeEventListener('pointerdown', this.#onPress, true);
    for (const type of ['resize', 'scroll']) document.defaultView!.removeEventListener(type, this.#place, true);
    this.#host.requestUpdate();
    if (back) this.#host.focus();
  }

  render(t: ComposerTexts): TemplateResult | typeof nothing {
    if (!this.#shown) return nothing;
    const { panel } = this.#shown;
    const label = panel.label?.(t);
    return html`<div
      class="popup"
      part="popup"
      popover="manual"
      role=${label === undefined ? nothing : 'dialog'}
      aria-label=${label ?? nothing}
      @keydown=${this.#onKey}
    >
      ${panel.render(t)}
    </div>`;
  }

  updated(): void {
    const root = this.#host.shadowRoot!;
    for (const [name, kind] of Object.entries(kinds)) {
      const button = [...root.querySelectorAll('button')].find((each) => each.part.contains(name))!;
      button.ariaHasPopup = kind;
      button.ariaExpanded = String(this.#shown?.name === name);
    }
    const popup = this.#element;
    if (!this.#shown || !popup) return;
    if (!popup.matches(':popover-open')) popup.showPopover();
    this.#place();
    if (this.#drawn) return;
    this.#drawn = true;
    this.#shown.panel.opened?.(popup);
  }

  /** A key in the field. */
  onKeyDown(event: KeyboardEvent): boolean {
    if (event.key !== 'Escape' || !this.#shown) return false;
    this.close(true);
    event.stopPropagation();
    return true;
  }

  get #element(): HTMLElement | null {
    return this.#host.shadowRoot!.querySelector<HTMLElement>('.popup:not(.mentions)');
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!event.isComposing && this.onKeyDown(event)) event.preventDefault();
  };

  readonly #onPress = (event: Event): void => {
    const path = event.composedPath();
    const inside = path.some(
      (each) => each === this.#element || (each as Element).getAttribute?.('part') === this.#shown?.name,
    );
    if (!inside) this.close();
  };

  readonly #place = (): void => {
    const popup = this.#element;
    if (popup) place(popup, this.#host);
  };
}
