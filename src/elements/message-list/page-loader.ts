type Direction = 'older' | 'newer';

/** Asks for pages of history, one at a time each way; after a failure not again until `retry`. */
export class PageLoader {
  readonly #waiting = new Set<Direction>();
  readonly #failed = new Set<Direction>();

  load(direction: Direction, request: () => Promise<void>): void {
    if (this.#waiting.has(direction) || this.#failed.has(direction)) return;
    this.#waiting.add(direction);
    request()
      // What went wrong is the connection's to tell; here it only means that there is no page yet.
      .catch(() => this.#failed.add(direction))
      .finally(() => this.#waiting.delete(direction));
  }

  retry(): void {
    this.#failed.clear();
  }
}
