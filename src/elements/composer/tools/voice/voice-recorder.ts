import { bestKind, peaksOf, type Sound } from './sound.js';

/** How often the level is read, ms. */
const beat = 50;

/**
 * Records from the microphone, which it asks for in `start` and gives back in `stop` or `cancel`. `onBeat` is called with each level
 * from 0 to 1 while it records.
 */
export class VoiceRecorder {
  readonly #onBeat: (level: number) => void;
  readonly #onEnd: () => void;
  readonly #parts: Blob[] = [];
  readonly #levels: number[] = [];
  #stream: MediaStream | undefined;
  #recorder: MediaRecorder | undefined;
  #audio: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #ended = false;
  /** What was recorded up to the last pause, and when the present stretch began, ms. */
  #before = 0;
  #since: number | undefined;

  /** @param onEnd the microphone was taken away, by the person or the system */
  constructor(onBeat: (level: number) => void, onEnd: () => void) {
    this.#onBeat = onBeat;
    this.#onEnd = onEnd;
  }

  /** ms */
  get elapsed(): number {
    return this.#before + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  /** @throws {DOMException} NotAllowedError, NotFoundError, … */
  async start(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    // Somebody gave up while the browser asked.
    if (this.#ended) return stopAll(stream);
    this.#stream = stream;
    const mimeType = bestKind((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { ...(mimeType !== undefined && { mimeType }) });
    this.#recorder = recorder;
    recorder.ondataavailable = ({ data }) => this.#parts.push(data);
    stream.getAudioTracks()[0]?.addEventListener('ended', this.#onEnd);
    this.#listen(stream);
    recorder.start(1_000);
    this.#since = performance.now();
  }

  pause(): void {
    if (this.#since === undefined) return;
    this.#before = this.elapsed;
    this.#since = undefined;
    this.#recorder?.pause();
  }

  resume(): void {
    if (this.#since !== undefined || this.#recorder?.state !== 'paused') return;
    this.#recorder.resume();
    this.#since = performance.now();
  }

  /** Ends it, and gives what was recorded. */
  async stop(): Promise<Sound> {
    const duration = Math.round(this.elapsed);
    const recorder = this.#recorder;
    this.#before = duration;
    this.#since = undefined;
    if (recorder && recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await stopped;
    }
    this.cancel();
    const type = (recorder?.mimeType || 'audio/webm').split(';')[0]!;
    return { blob: new Blob(this.#parts, { type }), duration, peaks: peaksOf(this.#levels) };
  }

  /** Ends it and gives the microphone back. */
  cancel(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    this.#stream?.getAudioTracks()[0]?.removeEventListener('ended', this.#onEnd);
    if (this.#recorder && this.#recorder.state !== 'inactive') this.#recorder.stop();
    if (this.#stream) stopAll(this.#stream);
    void this.#audio?.close().catch(() => undefined);
    this.#stream = this.#audio = undefined;
  }

  #listen(stream: MediaStream): void {
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    analyser.fftSize = 2_048;
    audio.createMediaStreamSource(stream).connect(analyser);
    this.#audio = audio;
    const samples = new Uint8Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      if (this.#since === undefined) return;
      analyser.getByteTimeDomainData(samples);
      const level = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0) / 128;
      this.#levels.push(level);
      this.#onBeat(level);
    }, beat);
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
