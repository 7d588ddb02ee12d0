import { html, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../../i18n/composer/en.js';
import type { ComposerTools, Panel } from '../tools.js';
import { ImEmojiPicker } from './emoji-picker.js';

if (!customElements.get('im-emoji-picker')) customElements.define('im-emoji-picker', ImEmojiPicker);

/** The emoji, above the field. It stays open while one picks, and closes with Escape or a press elsewhere. */
export class EmojiPanel implements Panel {
  readonly #tools: ComposerTools;

  constructor(tools: ComposerTools) {
    this.#tools = tools;
  }

  render(t: ComposerTexts): TemplateResult {
    return html`<im-emoji-picker
      .t=${t}
      .account=${this.#tools.host.client?.account ?? ''}
      @emoji-pick=${this.#onPick}
    ></im-emoji-picker>`;
  }

  label(t: ComposerTexts): string {
    return t.emojiPicker;
  }

  opened(popup: HTMLElement): void {
    const picker = popup.querySelector<ImEmojiPicker>('im-emoji-picker');
    // A phone's keyboard would cover what was just opened.
    if (!matchMedia('(pointer: coarse)').matches) void picker?.updateComplete.then(() => picker.focus());
  }

  readonly #onPick = (event: CustomEvent<string>): void => this.#tools.insert(event.detail);
}
