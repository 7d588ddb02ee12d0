/** What was recorded. */
export type Sound = {
  readonly blob: Blob;
  /** ms */
  readonly duration: number;
  /** How loud it is, from its beginning to its end: 64 values from 0 to 100. */
  readonly peaks: readonly number[];
};

const values = 64;

/** Levels from 0 to 1, however many, as the 64 of a waveform. The loudest is 100, unless all is silence. */
export function peaksOf(levels: readonly number[]): number[] {
  const loudest = Math.max(0.05, ...levels);
  return Array.from({ length: values }, (_, i) => {
    const from = Math.floor((i * levels.length) / values);
    const part = levels.slice(from, Math.max(from + 1, Math.floor(((i + 1) * levels.length) / values)));
    return Math.round((100 * Math.max(0, ...part)) / loudest);
  });
}

/** What engines record, the best first: small, and played by most. */
const kinds = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'];

/** The best that this engine can record; its own choice where it can none of them. */
export function bestKind(supported: (kind: string) => boolean): string | undefined {
  return kinds.find(supported);
}

/** `webm`, `ogg`, `m4a`: how a file of a kind is called. */
export function extensionOf(kind: string): string {
  const type = kind.split(';')[0]!.trim();
  return type === 'audio/mp4' ? 'm4a' : (type.split('/')[1] ?? 'webm');
}
