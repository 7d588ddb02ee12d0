/** The `p`-th quantile (0…1) of the values, by nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Runs `measure` so often in turn for each variant, so that a slow minute of the machine hits all alike; the results by variant. */
export async function interleaved<V, R>(
  variants: readonly V[],
  rounds: number,
  measure: (variant: V) => Promise<R>,
): Promise<Map<V, R[]>> {
  const results = new Map<V, R[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round++)
    for (const variant of variants) results.get(variant)!.push(await measure(variant));
  return results;
}
