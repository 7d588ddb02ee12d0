import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { clock } from '../../renderers/media.js';
import { iconPause, iconPlay, iconRetry } from '../../styles/media-icons.js';
import { ImBody } from './body.js';
import { player, type Hearing } from './player.js';
import { whereabouts } from './seen.js';
import { uploadRing } from './upload-ring.js';
import { barsOf, wavePath, waveRoom } from './wave.js';

/** Seconds that an arrow key goes. */
const step = 5;

const styles = css`
  .plate {
    display: flex;
    gap: 10px;
    align-items: center;
    min-height: 40px;
  }
  .wave {
    position: relative;
    flex: 1;
    min-width: 40px;
    height: 28px;
    border-radius: 4px;
    cursor: pointer;
    touch-action: pan-y;
  }
  .wave svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  :host .root:dir(rtl) .wave svg {
    transform: scaleX(-1);
  }
  .wave path {
    fill: none;
    stroke: color-mix(in oklab, var(--_color-accent-text) 38%, transparent);
    stroke-width: 2.5px;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }
  .wave path.heard {
    stroke: var(--_color-accent-text);
  }
  .time {
    display: flex;
    gap: 5px;
    align-items: center;
    justify-content: flex-end;
    min-width: 3.2em;
    color: var(--_color-text-soft);
    font-size: var(--_font-size-caption);
    font-variant-numeric: tabular-nums;
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_color-accent);
  }
  .speed {
    min-width: 34px;
    padding: 2px 4px;
    border-radius: 8px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent-text);
    font-size: 11px;
    line-height: 18px;
    font-weight: 600;
    text-align: center;
  }
  @media (forced-colors: active) {
    .wave path {
      stroke: GrayText;
    }
    .wave path.heard {
      stroke: Highlight;
    }
    .speed {
      border: 1px solid ButtonText;
    }
  }
`;

/** A voice message: play, waveform, time, speed. Part of `<im-message>`. */
export class ImAudioBody extends ImBody {
  static override styles: CSSResultGroup = [ImBody.styles, styles];

  @query('.wave') private wave!: HTMLElement;

  private stop: (() => void) | undefined;
  private shown: Hearing | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = player.listen(() => {
      const { message, shown } = this;
      const now = message && player.hearing(message);
      const same = shown && now && shown.state === now.state && shown.at === now.at && shown.length === now.length;
      if (!same || this.speed !== player.speed) this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private speed = player.speed;

  protected override render(): TemplateResult | typeof nothing {
    const { message, words, tab } = this;
    if (!message) return nothing;
    const hearing = (this.shown = player.hearing(message));
    this.speed = player.speed;
    const length = this.lengthOf(hearing);
    const heights = barsOf(message.file?.peaks);
    const heard = length > 0 ? Math.round((hearing.at / length) * heights.length) : 0;
    const times = `${this.speed}×`;
    return html`<div class="plate" role="group" aria-label=${this.spoken}>
      ${message.upload ? uploadRing(message, this.client, words, tab) : this.playButton(hearing)}
      <div
        class="wave"
        role="slider"
        tabindex=${tab}
        aria-label=${words.position}
        aria-valuemin="0"
        aria-valuemax=${Math.round(length)}
        aria-valuenow=${Math.round(hearing.at)}
        aria-valuetext=${words.of(clock(hearing.at), clock(length))}
        @keydown=${this.onKey}
        @pointerdown=${this.onPointer}
        @pointermove=${this.onPointer}
      >
        <svg viewBox=${`0 0 ${waveRoom.width} ${waveRoom.height}`} preserveAspectRatio="none" aria-hidden="true">
          <path d=${wavePath(heights, heard, heights.length)} />
          <path class="heard" d=${wavePath(heights, 0, heard)} />
        </svg>
      </div>
      <span class="time">
        ${
          message.flow === 'in' && !message.played
            ? html`<span class="dot" role="img" aria-label=${words.notPlayed}></span>`
            : nothing
        }
        ${clock(hearing.at > 0 ? hearing.at : length)}
      </span>
      <button class="speed" type="button" tabindex=${tab} aria-label=${words.speed(times)} @click=${this.onSpeed}>
        <bdi dir="ltr">${times}</bdi>
      </button>
    </div>`;
  }

  private playButton({ state }: Hearing): TemplateResult {
    const { words } = this;
    const runs = state === 'playing' || state === 'loading';
    const label = state === 'failed' ? `${words.notLoaded}. ${words.retry}` : runs ? words.pause : words.play;
    return html`<button
      class="play"
      type="button"
      tabindex=${this.tab}
      aria-label=${label}
      title=${state === 'failed' ? label : nothing}
      @click=${this.onPlay}
    >
      ${state === 'failed' ? iconRetry : runs ? iconPause : iconPlay}
    </button>`;
  }

  private lengthOf({ length }: Hearing): number {
    const told = (this.message?.file?.duration ?? 0) / 1_000;
    return told > 0 ? told : length;
  }

  private readonly onPlay = (): void => {
    const { client, message } = this;
    if (client && message?.file) player.toggle(client, message, whereabouts(this, message.conversationId));
  };

  private readonly onSpeed = (): void => player.nextSpeed();

  private readonly onKey = (event: KeyboardEvent): void => {
    const { message } = this;
    const forth = this.localize.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = this.localize.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const now = message ? player.hearing(message) : undefined;
    const length = now ? this.lengthOf(now) : 0;
    if (!message || !now || event.altKey || event.ctrlKey || event.metaKey) return;
    const targets = new Map([
      [forth, now.at + step],
      [back, now.at - step],
      ['Home', 0],
      ['End', length],
    ]);
    const target = targets.get(event.key);
    if (target === undefined) return;
    event.preventDefault();
    // The list has other uses for them.
    event.stopPropagation();
    player.seek(message, Math.max(0, Math.min(length, target)));
  };

  private readonly onPointer = (event: PointerEvent): void => {
    const { message } = this;
    if (!message || (event.type === 'pointermove' && !(event.buttons & 1)) || event.button > 0) return;
    if (event.type === 'pointerdown') this.wave.setPointerCapture(event.pointerId);
    const { left, width } = this.wave.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (event.clientX - left) / width));
    const length = this.lengthOf(player.hearing(message));
    player.seek(message, (this.localize.dir === 'rtl' ? 1 - part : part) * length);
  };
}
