/**
 * How long to wait after `failures` attempts that failed, or after 0 when a good link broke: anything between `min` and a bound that
 * doubles up to `max`. Full jitter spreads the clients of a server that came back (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoff(failures: number, range: { min: number; max: number }, random: () => number): number {
  const bound = Math.min(range.max, range.min * 2 ** Math.min(failures + 1, 30));
  return range.min + random() * (bound - range.min);
}
