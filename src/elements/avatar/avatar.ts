import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ImElement } from '../base.js';
import { avatarStyles } from './avatar.styles.js';
import { hueOf, initials } from './initials.js';
import { pictureUrl } from './picture-url.js';

/**
 * Somebody's picture, or the initials of the name on a colour of its own, with a dot for who is online.
 *
 * @element im-avatar
 * @summary Picture or initials, presence dot.
 * @csspart face - The round picture or the initials.
 * @csspart dot - The dot of who is online.
 * @cssprop [--im-avatar-size=44px] - Width and height.
 * @cssprop [--im-avatar-ring=--im-color-background] - Colour round the dot: that of the ground on which the avatar stands.
 */
export class ImAvatar extends ImElement {
  static override styles = [ImElement.styles, avatarStyles];

  /** Account or group id: the colour behind the initials follows from it. */
  @property() account = '';
  /** Name, of which the initials are shown; the account where there is none. */
  @property() name = '';
  /** The picture's address (http, https, blob, or data of an image); anything else is not loaded. */
  @property() src: string | undefined;
  /** Shows the dot. */
  @property({ type: Boolean, reflect: true }) online = false;

  /** The address that could not be loaded. */
  @state() private broken: string | undefined;

  protected override render(): TemplateResult {
    const name = this.name || this.account;
    const src = pictureUrl(this.src, this.ownerDocument.baseURI);
    const label = this.online ? `${name}, ${this.localize.t.online}` : name;
    return html`
      <div class="face" part="face" role="img" aria-label=${label || nothing} aria-hidden=${label ? nothing : 'true'}>
        ${
          src && src !== this.broken
            ? html`<img
                alt=""
                src=${src}
                draggable="false"
                referrerpolicy="no-referrer"
                @error=${() => (this.broken = src)}
              />`
            : html`<span aria-hidden="true">${initials(name)}</span>`
        }
      </div>
      ${this.online ? html`<div class="dot" part="dot"></div>` : nothing}
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('account') || changed.has('name'))
      (this.renderRoot as HTMLElement).style.setProperty('--_hue', String(hueOf(this.account || this.name)));
  }
}
