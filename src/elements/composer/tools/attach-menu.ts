import { html, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import { accepts } from './accept.js';
import { iconFile, iconPhoto, iconPlace } from './icons.js';
import type { ComposerTools, Panel } from './tools.js';

const media = 'image/*,video/*';

/** What can be sent beside text: a menu. */
export class AttachMenu implements Panel {
  readonly #tools: ComposerTools;

  constructor(tools: ComposerTools) {
    this.#tools = tools;
  }

  render(t: ComposerTexts): TemplateResult {
    const { accept } = this.#tools.host;
    const item = (icon: TemplateResult, words: string, act: () => void): TemplateResult =>
      html`<button class="item" type="button" role="menuitem" tabindex="-1" @click=${act}>
        ${icon}<span>${words}</span>
      </button>`;
    const pick = (name: string): (() => void) => {
      return () => {
        this.#tools.panel.close(true);
        this.#input(name).click();
      };
    };
    const photos = ['image/png', 'image/jpeg', 'video/mp4'].some((type) => accepts(accept, { name: '', type }));
    return html`<div role="menu" aria-label=${this.#tools.host.words.t.attach} @keydown=${this.#onKey}>
      ${photos ? item(iconPhoto, t.photoOrVideo, pick('photos')) : ''} ${item(iconFile, t.file, pick('files'))}
      ${item(iconPlace, t.location, () => this.#tools.askPlace())}
    </div>`;
  }

  /** What opens the system's own dialogs. They stand outside the menu, which is gone when a file comes. */
  inputs(): TemplateResult {
    const { accept } = this.#tools.host;
    const input = (name: string, accept: string | undefined): TemplateResult =>
      html`<input type="file" class=${name} multiple hidden accept=${accept ?? ''} @change=${this.#onChange} />`;
    return html`${input('photos', media)}${input('files', accept)}`;
  }

  opened(popup: HTMLElement): void {
    popup.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }

  /** Picks another file of either kind. */
  pick(): void {
    this.#input('files').click();
  }

  #input(name: string): HTMLInputElement {
    return this.#tools.host.shadowRoot!.querySelector<HTMLInputElement>(`input.${name}`)!;
  }

  readonly #onChange = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file again is another choice.
    input.value = '';
    this.#tools.attach(files);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(event.target as HTMLElement);
    const to = new Map([
      ['ArrowDown', (at + 1) % items.length],
      ['ArrowUp', (at + items.length - 1) % items.length],
      ['Home', 0],
      ['End', items.length - 1],
    ]).get(event.key);
    if (event.key === 'Tab') this.#tools.panel.close(true);
    else if (to === undefined) return;
    else items[to]!.focus();
    event.preventDefault();
  };
}
