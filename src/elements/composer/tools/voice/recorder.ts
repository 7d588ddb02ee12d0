import { html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { composerEn, type ComposerTexts } from '../../../../i18n/composer/en.js';
import { iconMic, iconSend } from '../../../../styles/icons.js';
import { ImElement } from '../../../base.js';
import { clock } from '../clock.js';
import { iconDelete, iconPause, iconPlay, iconStop } from './icons.js';
import { recorderStyles } from './recorder.styles.js';
import type { Sound } from './sound.js';
import { SoundPlayer } from './sound-player.js';
import { VoiceRecorder } from './voice-recorder.js';

/** As long as a voice message may be, and when a warning comes, ms. */
const longest = 120_000;
const warning = 10_000;
/** Bars of the level while one speaks. */
const bars = 48;

export type RecorderFault = 'microphoneDenied' | 'noMicrophone' | 'recordingFailed';

/**
 * Records a voice message as soon as it is drawn: level, time, pause; then listens again, or sends. Fires `recorder-sound` with what was
 * recorded, `recorder-cancel`, and `recorder-fault` with the reason. Taken out of the page it gives the microphone back.
 */
export class ImRecorder extends ImElement {
  static override styles = [ImElement.styles, recorderStyles];

  /** The texts. */
  @property({ attribute: false }) t: ComposerTexts = composerEn;

  @state() private phase: 'asking' | 'recording' | 'paused' | 'stopped' = 'asking';
  @state() private levels: readonly number[] = [];
  @state() private sound: Sound | undefined;

  private recorder: VoiceRecorder | undefined;
  private readonly player = new SoundPlayer(() => this.requestUpdate());
  private ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('visibilitychange', this.onVisibility);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('visibilitychange', this.onVisibility);
    clearInterval(this.ticking);
    this.recorder?.cancel();
    this.recorder = undefined;
    this.player.stop();
  }

  protected override render(): TemplateResult {
    const { t, phase } = this;
    const runs = phase === 'recording';
    return html`<div class="row" role="group" aria-label=${t.recording} @keydown=${this.onKey}>
        ${this.button(t.discardRecording, iconDelete, () => this.tell('recorder-cancel'))}
        ${
          phase === 'stopped'
            ? this.review()
            : html`
                <span class="state ${phase}" role="status">
                  ${iconMic}<span class="visually-hidden"
                    >${phase === 'asking' ? t.asksMicrophone : runs ? t.recording : t.paused}</span
                  >
                </span>
                ${phase === 'asking' ? html`<span class="wave">${t.asksMicrophone}</span>` : this.level()}
                <span class="time" role="timer">${clock(this.recorder?.elapsed ?? 0)}</span>
                ${phase === 'asking' ? nothing : this.controls(runs)}
              `
        }
        <button
          class="send"
          type="button"
          aria-label=${t.sendRecording}
          title=${t.sendRecording}
          ?disabled=${phase === 'asking'}
          @click=${this.onSend}
        >
          ${iconSend}
        </button>
      </div>
      ${this.left()}`;
  }

  private controls(runs: boolean): TemplateResult {
    const { t } = this;
    return html`
      ${runs ? this.button(t.pauseRecording, iconPause, this.onPause) : this.button(t.resumeRecording, iconMic, this.onResume)}
      ${this.button(t.stopRecording, iconStop, () => void this.stop())}
    `;
  }

  private review(): TemplateResult {
    const { t, player } = this;
    const sound = this.sound!;
    const position = player.playing ? player.position : sound.duration;
    return html`
      ${
        player.playing
          ? this.button(t.pauseListening, iconPause, () => player.stop())
          : this.button(t.listen, iconPlay, () => void this.onListen())
      }
      ${wave(
        sound.peaks.map((peak) => peak / 100),
        player.playing ? position / Math.max(1, sound.duration) : 1,
      )}
      <span class="time">${clock(position)}</span>
    `;
  }

  private level(): TemplateResult {
    const silent = Array.from({ length: Math.max(0, bars - this.levels.length) }, () => 0);
    return wave([...silent, ...this.levels.slice(-bars)], 1);
  }

  private left(): TemplateResult | typeof nothing {
    const left = Math.ceil((longest - (this.recorder?.elapsed ?? 0)) / 1_000);
    if (this.phase === 'stopped' || left > warning / 1_000) return nothing;
    return html`<div class="left" role="status">${this.t.secondsLeft(Math.max(0, left))}</div>`;
  }

  private button(label: string, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${act}>
      ${icon}
    </button>`;
  }

  private async begin(): Promise<void> {
    const recorder = new VoiceRecorder(
      (level) => this.onBeat(level),
      () => void this.stop(),
    );
    this.recorder = recorder;
    try {
      await recorder.start();
      if (this.recorder === recorder) this.phase = 'recording';
    } catch (error) {
      recorder.cancel();
      if (this.recorder === recorder) this.fault(error);
    }
  }

  private onBeat(level: number): void {
    this.levels = [...this.levels.slice(-bars), level];
    if (this.recorder && this.recorder.elapsed >= longest) void this.stop();
  }

  private async stop(): Promise<Sound | undefined> {
    const { recorder } = this;
    if (!recorder || this.phase === 'asking') return undefined;
    if (this.sound) return this.sound;
    const sound = await recorder.stop();
    if (this.recorder !== recorder) return undefined;
    if (sound.blob.size === 0) return void this.fault(undefined);
    this.sound = sound;
    this.phase = 'stopped';
    return sound;
  }

  private fault(error: unknown): void {
    const { name } = (error ?? {}) as { readonly name?: unknown };
    const faults = new Map<unknown, RecorderFault>([
      ['NotAllowedError', 'microphoneDenied'],
      ['SecurityError', 'microphoneDenied'],
      ['NotFoundError', 'noMicrophone'],
      ['OverconstrainedError', 'noMicrophone'],
    ]);
    this.tell('recorder-fault', faults.get(name) ?? 'recordingFailed');
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  private readonly onPause = (): void => {
    this.recorder?.pause();
    this.phase = 'paused';
  };

  private readonly onResume = (): void => {
    this.recorder?.resume();
    this.phase = 'recording';
  };

  private readonly onListen = async (): Promise<void> => {
    try {
      await this.player.play(this.sound!.blob);
      clearInterval(this.ticking);
      this.ticking = setInterval(() => {
        if (!this.player.playing) clearInterval(this.ticking);
        this.requestUpdate();
      }, 50);
    } catch (error) {
      this.fault(error);
    }
  };

  private readonly onSend = async (): Promise<void> => {
    const sound = await this.stop();
    if (sound) this.tell('recorder-sound', sound);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.tell('recorder-cancel');
  };

  /** What is said to a page that nobody sees may not be meant for it. */
  private readonly onVisibility = (): void => {
    if (this.ownerDocument.hidden) void this.stop();
  };
}

/** Bars for levels from 0 to 1, of which so much of the whole is bright. */
function wave(levels: readonly number[], done: number): TemplateResult {
  return html`<svg class="wave" viewBox="0 0 ${levels.length * 4} 32" preserveAspectRatio="none" aria-hidden="true">
    ${levels.map((level, i) => {
      const height = Math.max(2, Math.min(1, level) * 30);
      const bright = (i + 0.5) / levels.length <= done;
      return svg`<rect class=${bright ? 'bright' : ''} x=${i * 4} y=${16 - height / 2} width="2" height=${height} rx="1"></rect>`;
    })}
  </svg>`;
}
