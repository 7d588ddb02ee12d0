/** How many bars a voice has, and the room they stand in. */
const bars = 36;
export const waveRoom = { width: bars * 4, height: 28 } as const;

/** Loudness from 0 to 100 as so many bars; what nobody measured is even. */
export function barsOf(peaks: readonly number[] = []): number[] {
  const sound = peaks.filter((peak) => Number.isFinite(peak));
  if (sound.length === 0) return Array.from({ length: bars }, () => 12);
  return Array.from({ length: bars }, (_, i) => {
    const from = Math.floor((i * sound.length) / bars);
    const to = Math.max(from + 1, Math.floor(((i + 1) * sound.length) / bars));
    return Math.max(0, Math.min(100, ...[Math.max(...sound.slice(from, to))]));
  });
}

/** The bars from one to another as a path. */
export function wavePath(heights: readonly number[], from: number, to: number): string {
  const middle = waveRoom.height / 2;
  return heights
    .slice(from, to)
    .map((height, i) => {
      const half = Math.max(1, (height / 100) * (middle - 2));
      return `M${(from + i) * 4 + 2} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`;
    })
    .join('');
}
