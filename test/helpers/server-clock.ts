import type { Clock } from '../../src/server/clock.js';

type Timer = { at: number; readonly every?: number; readonly run: () => void };

/** A clock that moves when a test says so. Starts at the real time, so that tokens signed elsewhere are good. */
export class ServerClock implements Clock {
  #now = Date.now();
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  every(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: ms, run });
  }

  after(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#now + ms, run });
  }

  /** Moves on by `ms`, running on the way what is due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = next.at;
      if (next.every === undefined) this.#timers.delete(next);
      else next.at += next.every;
      next.run();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter((timer) => timer.at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
