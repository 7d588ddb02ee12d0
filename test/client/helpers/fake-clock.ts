import type { Clock } from '../../../src/client/clock.js';

type Timer = { readonly at: number; readonly run: () => void };

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly #settle: () => Promise<void>;
  #now = 1_000;
  /** What the wall shows beyond the monotonic clock; a test may move it, as people do with theirs. */
  wallOffset = Date.UTC(2026, 0, 1);
  readonly #timers = new Map<number, Timer>();
  #next = 1;

  /** @param letSettle lets promises get as far as they can, after each timer */
  constructor(letSettle = settle) {
    this.#settle = letSettle;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#now + this.wallOffset;
  }

  setTimeout(run: () => void, ms: number): number {
    this.#timers.set(this.#next, { at: this.#now + ms, run });
    return this.#next++;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as number);
  }

  /** Timers that are set; a client that is closed leaves none. */
  get pending(): number {
    return this.#timers.size;
  }

  /** How long until the next timer, ms. */
  get untilNext(): number {
    return Math.min(...[...this.#timers.values()].map(({ at }) => at)) - this.#now;
  }

  /** Time passes and nothing runs: the machine is asleep. What was due is due when it wakes. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Moves time, runs what is due in its order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#settle();
    for (let next = this.#first(end); next; next = this.#first(end)) {
      const [handle, { at, run }] = next;
      this.#timers.delete(handle);
      this.#now = Math.max(this.#now, at);
      run();
      await this.#settle();
    }
    this.#now = end;
  }

  /** The earliest that is due by `end`; of the same moment, the one that was set first. */
  #first(end: number): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) if (entry[1].at <= end && (!first || entry[1].at < first[1].at)) first = entry;
    return first;
  }
}

/** Lets everything that waits for promises only get as far as it can. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((done) => setImmediate(done));
}
