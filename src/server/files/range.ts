/** The stretch that a Range header asks for, `end` excluded (RFC 9110, 14.2); `undefined`: all of it; `none`: there is no such. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'none' | undefined {
  // Several at once, and units that nobody knows, may be passed over.
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return Number(to) === 0 ? 'none' : { start: Math.max(0, size - Number(to)), end: size };
  const start = Number(from);
  const end = to === '' ? size : Math.min(Number(to) + 1, size);
  if (start >= size) return 'none';
  return end > start ? { start, end } : undefined;
}
