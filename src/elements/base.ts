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
