import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { loadEmojiChoice, picked, saveEmojiChoice, type EmojiChoice } from '../../../../client/emoji-choice.js';
import { composerEn, type ComposerTexts } from '../../../../i18n/composer/en.js';
import { ImElement } from '../../../base.js';
import {
  allEmoji,
  emojiNames,
  findEmoji,
  groupNames,
  inTone,
  named,
  type Emoji,
  type EmojiNames,
  type GroupName,
} from './emoji-data.js';
import { emojiPickerStyles } from './emoji-picker.styles.js';

const columns = 8;
type Tab = 'recent' | GroupName;

/** What stands on a group's tab. */
const faces: Record<Tab, string> = {
  recent: '🕘',
  smileys: '🙂',
  people: '👋',
  nature: '🐻',
  food: '🍎',
  travel: '🚗',
  activities: '⚽',
  objects: '💡',
  symbols: '❤️',
  flags: '🏳️',
};

/**
 * The emoji, one group at a time, with a search, those used last, and skin tones. Fires `emoji-pick` with the emoji. Arrow keys walk
 * the grid; one of it is a tab stop.
 */
export class ImEmojiPicker extends ImElement {
  static override styles = [ImElement.styles, emojiPickerStyles];

  /** The texts. */
  @property({ attribute: false }) t: ComposerTexts = composerEn;
  /** Whose last ones are shown. */
  @property() account = '';

  @state() private tab: Tab = 'smileys';
  @state() private wanted = '';
  @state() private languages: readonly EmojiNames[] = [];
  @state() private failed = false;
  @state() private choosesTone = false;
  @state() private choice: EmojiChoice = { recent: [], tone: 0 };
  /** Which of the grid the keyboard is at. */
  @state() private at = 0;
  @query('input') private input!: HTMLInputElement;

  private readonly all = allEmoji();
  /** What was used last when this was opened: a pick moves nothing under the pointer. */
  private recent: readonly Emoji[] = [];
  private language: string | undefined;

  override focus(options?: FocusOptions): void {
    this.input.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('account')) {
      this.choice = loadEmojiChoice(this.account);
      this.recent = named(this.choice.recent, this.all.values());
      this.tab = this.recent.length > 0 ? 'recent' : 'smileys';
    }
    const language = this.localize.tag.split('-')[0]!;
    if (language !== this.language) void this.load((this.language = language));
  }

  protected override render(): TemplateResult {
    const { t } = this;
    return html`
      <div class="top">
        <input
          type="search"
          placeholder=${t.searchEmoji}
          aria-label=${t.searchEmoji}
          .value=${this.wanted}
          @input=${this.onSearch}
          @keydown=${this.onSearchKey}
        />
        ${this.tones()}
      </div>
      ${this.wanted === '' ? this.tabs() : nothing} ${this.grid()}
      ${this.failed ? html`<div class="none" role="status">${t.emojiFailed}</div>` : nothing}
    `;
  }

  private get tabNames(): readonly Tab[] {
    return this.recent.length > 0 ? ['recent', ...groupNames] : groupNames;
  }

  private get shown(): readonly Emoji[] {
    if (this.wanted !== '') return findEmoji(this.all.values(), this.languages, this.wanted);
    return this.tab === 'recent' ? this.recent : this.all.get(this.tab)!;
  }

  private tones(): TemplateResult {
    const { t } = this;
    const { tone } = this.choice;
    if (!this.choosesTone)
      return html`<button
        class="tone"
        type="button"
        aria-label="${t.skinTone}: ${t.skinTones[tone]!}"
        title=${t.skinTone}
        @click=${() => (this.choosesTone = true)}
      >
        ${inTone('✋', tone)}
      </button>`;
    return html`<div class="tones" role="group" aria-label=${t.skinTone}>
      ${t.skinTones.map(
        (name, i) =>
          html`<button
            class="tone"
            type="button"
            aria-label=${name}
            title=${name}
            aria-pressed=${i === tone ? 'true' : 'false'}
            @click=${() => this.setTone(i)}
          >
            ${inTone('✋', i)}
          </button>`,
      )}
    </div>`;
  }

  private tabs(): TemplateResult {
    const { emojiGroups } = this.t;
    return html`<div class="tabs" role="tablist" aria-label=${this.t.emojiPicker} @keydown=${this.onTabKey}>
      ${this.tabNames.map(
        (name) =>
          html`<button
            id="tab-${name}"
            class="tab"
            type="button"
            role="tab"
            aria-selected=${name === this.tab ? 'true' : 'false'}
            aria-controls="panel"
            tabindex=${name === this.tab ? 0 : -1}
            aria-label=${emojiGroups[name]}
            title=${emojiGroups[name]}
            @click=${() => this.show(name)}
          >
            ${faces[name]}
          </button>`,
      )}
    </div>`;
  }

  private grid(): TemplateResult {
    const { shown } = this;
    const searches = this.wanted !== '';
    if (searches && shown.length === 0)
      return html`<div class="panel none" role="status">${this.languages.length > 0 ? this.t.noEmoji : nothing}</div>`;
    const at = Math.min(this.at, shown.length - 1);
    const rows = Array.from({ length: Math.ceil(shown.length / columns) }, (_, row) =>
      shown.slice(row * columns, (row + 1) * columns),
    );
    return html`<div
      id="panel"
      class="panel"
      role=${searches ? nothing : 'tabpanel'}
      aria-labelledby=${searches ? nothing : `tab-${this.tab}`}
    >
      <div
        class="grid"
        role="grid"
        aria-label=${searches ? this.t.searchEmoji : this.t.emojiGroups[this.tab]}
        @keydown=${this.onGridKey}
        @click=${this.onPick}
      >
        ${rows.map(
          (row, y) =>
            html`<div role="row">
              ${row.map((each, x) => this.cell(each, y * columns + x, y * columns + x === at))}
            </div>`,
        )}
      </div>
    </div>`;
  }

  private cell(each: Emoji, index: number, active: boolean): TemplateResult {
    const emoji = each.toned ? inTone(each.emoji, this.choice.tone) : each.emoji;
    const name = this.languages[0]?.names[each.index] ?? emoji;
    return html`<button
      class="cell"
      type="button"
      role="gridcell"
      data-index=${index}
      tabindex=${active ? 0 : -1}
      aria-label=${name}
      title=${name}
      .textContent=${emoji}
    ></button>`;
  }

  /** The reader's language first; everybody also finds by English words. */
  private async load(language: string): Promise<void> {
    try {
      const own = await emojiNames(language);
      if (language !== this.language) return;
      this.languages = [own];
      const english = await emojiNames('en');
      if (language === this.language && english !== own) this.languages = [own, english];
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  private show(tab: Tab): void {
    this.tab = tab;
    this.at = 0;
    this.renderRoot.querySelector('.panel')?.scrollTo(0, 0);
  }

  private setTone(tone: number): void {
    this.choice = { ...this.choice, tone };
    this.choosesTone = false;
    saveEmojiChoice(this.account, this.choice);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.tone')?.focus());
  }

  private pick(emoji: string): void {
    this.choice = picked(this.choice, emoji);
    saveEmojiChoice(this.account, this.choice);
    this.dispatchEvent(new CustomEvent('emoji-pick', { detail: emoji }));
  }

  private readonly onPick = (event: Event): void => {
    const cell = (event.target as Element).closest<HTMLElement>('.cell');
    if (!cell) return;
    this.at = Number(cell.dataset['index']);
    this.pick(cell.textContent);
  };

  private readonly onSearch = (event: Event): void => {
    this.wanted = (event.target as HTMLInputElement).value.trim();
    this.at = 0;
  };

  private readonly onSearchKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') this.go(0);
    else if (event.key === 'Enter') this.renderRoot.querySelector<HTMLElement>('.cell')?.click();
    else return;
    event.preventDefault();
  };

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const names = this.tabNames;
    const at = names.indexOf(this.tab);
    const forward = this.localize.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = this.localize.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === 'ArrowDown') return this.go(0, event);
    const to = new Map([
      [forward, (at + 1) % names.length],
      [back, (at + names.length - 1) % names.length],
      ['Home', 0],
      ['End', names.length - 1],
    ]).get(event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.show(names[to]!);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${names[to]}`)?.focus());
  };

  private readonly onGridKey = (event: KeyboardEvent): void => {
    const { length } = this.shown;
    const step = this.localize.dir === 'rtl' ? -1 : 1;
    const steps = new Map([
      ['ArrowRight', step],
      ['ArrowLeft', -step],
      ['ArrowDown', columns],
      ['ArrowUp', -columns],
      ['PageDown', 4 * columns],
      ['PageUp', -4 * columns],
      ['Home', -length],
      ['End', length],
    ]);
    const by = steps.get(event.key);
    if (by === undefined) return;
    if (event.key === 'ArrowUp' && this.at < columns) {
      event.preventDefault();
      return this.focus();
    }
    const to = this.at + by;
    // A step down from above the last, shorter row leads to its end.
    if (
      Math.abs(by) === columns &&
      to >= length &&
      Math.floor(this.at / columns) === Math.floor((length - 1) / columns)
    )
      return event.preventDefault();
    this.go(Math.max(0, Math.min(length - 1, to)), event);
  };

  private go(to: number, event?: Event): void {
    event?.preventDefault();
    this.at = to;
    void this.updateComplete.then(() => {
      const cell = this.renderRoot.querySelector<HTMLElement>(`.cell[data-index='${to}']`);
      cell?.focus();
      cell?.scrollIntoView({ block: 'nearest' });
    });
  }
}
