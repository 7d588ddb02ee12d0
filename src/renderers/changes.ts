const listeners = new Set<() => void>();

/** Calls back whenever what draws messages has changed, until the function it gives is called. */
export function onRendererChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Has everything on screen drawn anew. */
export function drawAnew(): void {
  for (const listener of [...listeners]) listener();
}
