type Direction = 'older' | 'newer';

/**
 * Asks for pages of history, one at a time each way. A request that brought nothing is not repeated until `retry`, or until the
 * reader has been elsewhere: what stops it now would stop it again at once.
 */
export class PageLoader {
  readonly #waiting = new Set<Direction>();
  readonly #stuck = new Set<Direction>();

  /** `size` tells how much there is; it must have grown afterwards. */
  load(direction: Direction, size: () => number, request: () => Promise<void>): void {
    if (this.#waiting.has(direction) || this.#stuck.has(direction)) return;
    const before = size();
    this.#waiting.add(direction);
    request()
      // What went wrong is the connection's to tell; here it only means that no page came.
      .catch(() => undefined)
      .finally(() => {
        this.#waiting.delete(direction);
        if (size() === before) this.#stuck.add(direction);
      });
  }

  retry(...directions: readonly Direction[]): void {
    for (const direction of directions) this.#stuck.delete(direction);
  }
}
