import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizeController } from '../i18n/localize-controller.js';
import { controls } from '../styles/controls.js';
import { host } from '../styles/host.js';
import { tokens } from '../styles/tokens.js';
import { oneOf } from './attributes.js';
import { keepUnansweredRequests } from './context.js';

const themes = ['light', 'dark', 'auto'] as const;

/**
 * What all elements share: theme, language, direction, the wall against a page's styles. Templates are drawn into `.root`, the
 * shadow tree's only child, which carries the language, the direction and every inherited style.
 *
 * @attr {string} lang - Language of texts and dates; the nearest one round the element wins.
 * @attr {string} dir - `ltr` or `rtl`; the nearest one round the element wins.
 * @cssprop --im-color-accent - The brand: everything coloured derives from it, with sufficient contrast.
 * @cssprop --im-color-on-accent - Text and icons on the accent.
 * @cssprop --im-color-accent-text - Links and other text in the accent’s colour.
 * @cssprop --im-color-accent-soft - A veil of the accent, for reactions and quotes.
 * @cssprop --im-color-ground - Behind messages; search field and composer.
 * @cssprop --im-color-background - Panels, list, header.
 * @cssprop --im-color-surface - Bubbles of others.
 * @cssprop --im-color-own - One’s own bubbles.
 * @cssprop --im-color-selected - The open conversation’s row.
 * @cssprop --im-color-pinned - Veil on pinned rows.
 * @cssprop --im-color-hover - Veil under the pointer.
 * @cssprop --im-color-line - Hairlines.
 * @cssprop --im-color-text - Text.
 * @cssprop --im-color-text-soft - Secondary text.
 * @cssprop --im-color-text-faint - Times and placeholders.
 * @cssprop --im-color-danger - What went wrong.
 * @cssprop --im-color-alert - The launcher’s badge.
 * @cssprop --im-color-on-alert - Its number.
 * @cssprop --im-color-online - The dot of who is there.
 * @cssprop --im-color-badge - Number of unread messages.
 * @cssprop --im-color-on-badge - Its text.
 * @cssprop --im-color-badge-muted - The same where a conversation is muted.
 * @cssprop --im-color-on-badge-muted - Its text.
 * @cssprop --im-font-family - Typeface; the page’s own by default.
 * @cssprop [--im-font-size=15px] - Text.
 * @cssprop [--im-font-line=22px] - Line height of text.
 * @cssprop [--im-font-size-small=13px] - Secondary text.
 * @cssprop [--im-font-line-small=18px] - Its line height.
 * @cssprop [--im-font-size-caption=12px] - Captions.
 * @cssprop [--im-font-line-caption=16px] - Their line height.
 * @cssprop [--im-space-1=4px] - Space; the grid is 4 px.
 * @cssprop [--im-space-2=8px] - Space.
 * @cssprop [--im-space-3=12px] - Space.
 * @cssprop [--im-space-4=16px] - Space.
 * @cssprop [--im-space-6=24px] - Space.
 * @cssprop [--im-radius-small=4px] - Corners.
 * @cssprop [--im-radius-medium=8px] - Corners.
 * @cssprop [--im-radius-large=16px] - Corners of bubbles and panels.
 * @cssprop [--im-radius-full=9999px] - What is round.
 * @cssprop --im-shadow-panel - Under the launcher’s panel.
 * @cssprop --im-shadow-popup - Under buttons and menus that float.
 * @cssprop [--im-motion=160ms ease-out] - Duration and easing of what moves.
 */
export abstract class ImElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, host, controls];

  /** `light`, `dark`, or `auto` as the person's system has it. Holds for everything inside. */
  @property({ reflect: true, useDefault: true }) theme: (typeof themes)[number] = 'auto';

  protected readonly localize = new LocalizeController(this);
  private root: HTMLElement | undefined;

  protected override createRenderRoot(): HTMLElement {
    const shadow = super.createRenderRoot();
    this.root = this.ownerDocument.createElement('div');
    this.root.className = 'root';
    shadow.append(this.root);
    return this.root;
  }

  override connectedCallback(): void {
    keepUnansweredRequests(this.ownerDocument);
    super.connectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('theme')) oneOf(this, 'theme', this.theme, themes, 'auto');
    this.root!.lang = this.localize.tag;
    this.root!.dir = this.localize.dir;
  }
}
