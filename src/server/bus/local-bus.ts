import type { Bus, Publication } from './bus.js';

/** The bus of a single node: every listener is called at once. */
export class LocalBus implements Bus {
  readonly #listeners = new Set<(publication: Publication) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError is told what a listener threw. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  publish(publication: Publication): void {
    for (const listener of this.#listeners) {
      try {
        listener(publication);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe(listener: (publication: Publication) => void): () => void {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const own = (publication: Publication): void => listener(publication);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }
}
