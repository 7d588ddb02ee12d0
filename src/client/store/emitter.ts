/** Listeners by event. A listener that throws disturbs neither the others nor the one who emits. */
export class Emitter<Events extends { error: { readonly error: Error } }> {
  readonly #listeners = new Map<keyof Events, Set<(detail: never) => void>>();

  on<K extends keyof Events>(event: K, listener: (detail: Events[K]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    // A wrapper of its own, so that the same function can be added twice and taken away once.
    const entry = (detail: Events[K]): void => listener(detail);
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  emit<K extends keyof Events>(event: K, detail: Events[K]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as (detail: Events[K]) => void)(detail);
      } catch (cause) {
        if (event !== 'error') this.emit('error', { error: asError(cause) });
      }
    }
  }
}

export function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
