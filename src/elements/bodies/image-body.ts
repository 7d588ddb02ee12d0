import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { iconPlay, iconRetry } from '../../styles/media-icons.js';
import { openViewer } from '../viewer/open-viewer.js';
import { ImBody } from './body.js';
import { FileAddress } from './file-address.js';
import { pictureStyles } from './picture.styles.js';
import { uploadRing } from './upload-ring.js';

const animated = /^image\/(gif|apng)$/;

/** A picture; the small one that came with it first. A click shows it large. Part of `<im-message>`. */
export class ImImageBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, pictureStyles];

  /** Whether an animation plays that somebody who wants no motion has asked for. */
  @state() private plays = false;
  @state() private loaded = false;

  private readonly address = new FileAddress(this);
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  private get animation(): boolean {
    return animated.test(this.message?.file?.mime ?? '');
  }

  private get waits(): boolean {
    return this.animation && this.still && !this.plays;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { file } = this.message ?? {};
    const small = file?.thumbnail !== undefined && (!this.animation || this.waits);
    // Without a small one an animation would move as soon as it is there.
    if (small || !this.waits) this.address.want(this.client, this.message, small ? 'thumbnail' : 'file');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message, address, words } = this;
    if (!message) return nothing;
    return html`<div class="plate">
      <button
        class="picture ${this.loaded ? 'loaded' : ''}"
        type="button"
        tabindex=${this.tab}
        aria-label=${this.label}
        @click=${this.onOpen}
      >
        ${
          address.url === undefined
            ? nothing
            : html`<img
                src=${address.url}
                alt=${this.spoken}
                decoding="async"
                draggable="false"
                @load=${() => (this.loaded = true)}
                @error=${() => address.broken()}
              />`
        }
      </button>
      ${
        address.failed
          ? html`<button class="retry over" type="button" tabindex=${this.tab} @click=${address.retry}>
              ${iconRetry}${words.notLoaded}<span class="visually-hidden">${words.retry}</span>
            </button>`
          : nothing
      }
      ${this.waits ? html`<span class="dark centre still" aria-hidden="true">${iconPlay}</span>` : nothing}
      ${message.upload ? html`<div class="centre veil">${uploadRing(message, this.client, words, this.tab)}</div>` : nothing}
    </div>`;
  }

  private get label(): string {
    return `${this.spoken}. ${this.waits ? this.words.playAnimation : this.words.openPicture}`;
  }

  private readonly onOpen = (event: Event): void => {
    if (this.waits) this.plays = true;
    else openViewer(this.message!, event.currentTarget as HTMLElement, this.context);
  };
}
