import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { clock } from '../../renderers/media.js';
import { iconEnlarge, iconPlay, iconRetry } from '../../styles/media-icons.js';
import { openViewer } from '../viewer/open-viewer.js';
import { ImBody } from './body.js';
import { FileAddress } from './file-address.js';
import { pictureStyles } from './picture.styles.js';
import { player } from './player.js';
import { uploadRing } from './upload-ring.js';

/** A film: its poster and length; plays where it stands, and never by itself. Part of `<im-message>`. */
export class ImVideoBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, pictureStyles];

  /** Whether somebody has asked for it. */
  @state() private wanted = false;
  @state() private loaded = false;
  @query('video') private film!: HTMLVideoElement | null;

  private readonly poster = new FileAddress(this);
  private readonly address = new FileAddress(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wanted = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { message } = this;
    if (message?.file?.thumbnail !== undefined) this.poster.want(this.client, message, 'thumbnail');
    if (this.wanted) this.address.want(this.client, message, 'file');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    return html`<div class="plate">${this.wanted ? this.playing() : this.still()}</div>`;
  }

  private still(): TemplateResult {
    const { poster, words, tab } = this;
    const { upload, file } = this.message!;
    const seconds = Math.round((file?.duration ?? 0) / 1_000);
    return html`<button
        class="picture ${this.loaded || file?.thumbnail === undefined ? 'loaded' : ''}"
        type="button"
        tabindex=${tab}
        aria-label=${`${this.spoken}. ${words.play}`}
        ?disabled=${Boolean(upload)}
        @click=${this.onPlay}
      >
        ${
          poster.url === undefined
            ? nothing
            : html`<img
                src=${poster.url}
                alt=""
                draggable="false"
                @load=${() => (this.loaded = true)}
                @error=${() => poster.broken()}
              />`
        }
        ${upload ? nothing : html`<span class="dark centre" aria-hidden="true">${iconPlay}</span>`}
      </button>
      ${seconds > 0 ? html`<span class="pill corner" aria-hidden="true">${clock(seconds)}</span>` : nothing}
      ${
        upload
          ? html`<div class="centre veil">${uploadRing(this.message!, this.client, words, tab)}</div>`
          : this.enlarge()
      }`;
  }

  private playing(): TemplateResult {
    const { address, words } = this;
    if (address.failed)
      return html`<button class="retry over" type="button" tabindex=${this.tab} @click=${address.retry}>
        ${iconRetry}${words.notLoaded}<span class="visually-hidden">${words.retry}</span>
      </button>`;
    if (address.url === undefined)
      return html`<div class="picture" role="status" aria-label=${this.localize.t.loading}></div>`;
    return html`<video
        src=${address.url}
        poster=${this.poster.url ?? nothing}
        tabindex=${this.tab}
        controls
        playsinline
        aria-label=${this.spoken}
        @play=${() => this.film && player.film(this.film)}
        @error=${() => address.broken()}
        @loadedmetadata=${() => this.film?.play().catch(() => undefined)}
      ></video>
      ${this.enlarge()}`;
  }

  private enlarge(): TemplateResult {
    return html`<button
      class="dark enlarge"
      type="button"
      tabindex=${this.tab}
      aria-label=${this.words.openVideo}
      title=${this.words.openVideo}
      @click=${this.onEnlarge}
    >
      ${iconEnlarge}
    </button>`;
  }

  private readonly onPlay = (): void => {
    this.wanted = true;
  };

  private readonly onEnlarge = (event: Event): void => {
    this.film?.pause();
    openViewer(this.message!, event.currentTarget as HTMLElement, this.context);
  };
}
