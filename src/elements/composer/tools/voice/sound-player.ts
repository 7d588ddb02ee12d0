/** Plays what was recorded, without an address that a page's policy would have to allow. */
export class SoundPlayer {
  readonly #onChange: () => void;
  #audio: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;
  #since = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get playing(): boolean {
    return this.#source !== undefined;
  }

  /** ms since the beginning. */
  get position(): number {
    return this.#source ? (this.#audio!.currentTime - this.#since) * 1_000 : 0;
  }

  async play(blob: Blob): Promise<void> {
    this.stop();
    const audio = (this.#audio = new AudioContext());
    const buffer = await audio.decodeAudioData(await blob.arrayBuffer());
    if (this.#audio !== audio) return;
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(audio.destination);
    source.onended = () => this.#source === source && this.stop();
    source.start();
    this.#since = audio.currentTime;
    this.#source = source;
    this.#onChange();
  }

  stop(): void {
    this.#source?.stop();
    this.#source = undefined;
    void this.#audio?.close().catch(() => undefined);
    this.#audio = undefined;
    this.#onChange();
  }
}
