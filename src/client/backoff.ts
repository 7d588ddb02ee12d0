/**
 * How long to wait before attempt `attempt` (from 1): anything between `min` and a bound that doubles up to `max`. Full jitter spreads
 * the clients of a server that came back (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoff(attempt: number, range: { min: number; max: number }, random: () => number): number {
  const bound = Math.min(range.max, range.min * 2 ** Math.min(attempt, 30));
  return range.min + random() * (bound - range.min);
}
