import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ancestorsOf } from '../../i18n/ancestors.js';
import { ImBody } from './body.js';
import { tilesRound, type Tiles } from './tiles.js';

const styles = css`
  .plate {
    display: block;
    overflow: hidden;
    border-radius: 8px;
    color: inherit;
    text-decoration: none;
  }
  .map {
    position: relative;
    display: block;
    height: 132px;
    overflow: hidden;
    border-radius: 8px;
    background: light-dark(oklch(0.93 0.025 140), oklch(0.32 0.025 150));
  }
  .drawn {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .road {
    fill: none;
    stroke: light-dark(oklch(0.99 0.004 100), oklch(0.42 0.015 150));
    stroke-width: 7;
  }
  .water {
    fill: light-dark(oklch(0.86 0.05 230), oklch(0.36 0.05 240));
  }
  .tiles {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 50%;
    display: grid;
    grid-template-columns: repeat(3, 256px);
    width: 768px;
    transform: translate(calc(-1px * var(--_x)), calc(-1px * var(--_y)));
  }
  .tiles img {
    display: block;
    width: 256px;
    height: 256px;
  }
  .pin {
    position: absolute;
    inset-block-start: calc(50% - 34px);
    inset-inline-start: calc(50% - 14px);
    width: 28px;
    height: 36px;
    fill: var(--_color-danger);
    stroke: #fff;
    stroke-width: 1.5;
    filter: drop-shadow(0 1px 2px rgb(0 0 0 / 0.35));
  }
  .title {
    display: block;
    overflow: hidden;
    padding-block-start: 5px;
    font-size: 14px;
    line-height: 21px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .where {
    display: block;
    color: var(--_color-text-soft);
    font-size: 12.5px;
    line-height: 18px;
    font-variant-numeric: tabular-nums;
  }
  .plate:hover .title {
    color: var(--_color-accent-text);
  }
`;

/**
 * A place: a drawn card, or a map's pictures where the page names a server that has some. Nothing is asked of anybody before that, and the
 * link leads away only when it is followed. Part of `<im-message>`.
 */
export class ImPlaceBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  @state() private noTiles = false;
  @query('.tiles') private grid!: HTMLElement | null;

  private tiles: Tiles | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const location = this.message?.location;
    if (!location) return nothing;
    const { latitude, longitude, title } = location;
    const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    this.tiles = this.noTiles ? undefined : tilesRound(location, this.pattern);
    return html`<a
      class="plate"
      href=${`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
      target="_blank"
      rel="noopener noreferrer"
      tabindex=${this.tab}
      title=${this.words.openMap}
    >
      <span class="map" dir="ltr">
        ${this.tiles ? this.pictures(this.tiles) : drawn}
        <svg class="pin" viewBox="0 0 28 36" aria-hidden="true">
          <path d="M14 1a12 12 0 0 0-12 12c0 8.5 12 21 12 21s12-12.5 12-21a12 12 0 0 0-12-12z" />
          <circle cx="14" cy="13" r="4.5" fill="#fff" stroke="none" />
        </svg>
      </span>
      <bdi class="title">${title || where}</bdi>
      <bdi class="where" dir="ltr">${where}</bdi>
      <span class="visually-hidden">${this.words.openMap}</span>
    </a>`;
  }

  protected override updated(): void {
    if (!this.tiles) return;
    this.grid?.style.setProperty('--_x', String(this.tiles.x));
    this.grid?.style.setProperty('--_y', String(this.tiles.y));
  }

  private pictures({ urls }: Tiles): TemplateResult {
    return html`<span class="tiles"
      >${urls.map((url) => html`<img src=${url} alt="" draggable="false" @error=${() => (this.noTiles = true)} />`)}</span
    >`;
  }

  /** What the nearest element says that has `map-tiles`. */
  private get pattern(): string | undefined {
    for (const element of ancestorsOf(this)) {
      const pattern = element.getAttribute('map-tiles');
      if (pattern !== null) return pattern;
    }
    return undefined;
  }
}

const drawn = html`<svg class="drawn" viewBox="0 0 280 132" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
  <path class="water" d="M190 132c10-40 40-52 90-56v56z" />
  <path class="road" d="M-10 40 120 62 290 20M60-10 92 142M180-10 150 142M-10 104 150 96l140 12" />
</svg>`;
