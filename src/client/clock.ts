/** Time, as an argument: tests pass one that they move by hand. */
export interface Clock {
  /** Monotonic milliseconds: for everything that is measured. */
  now(): number;
  /** Milliseconds since 1970: for what is shown and kept. */
  wall(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as number),
};

/** Longer than this and a timer fires at once: browsers keep the delay in 31 bits. */
const longestDelay = 2 ** 31 - 1;

/** The timers of one owner, by name: setting one again moves it, and `clear` leaves none. */
export class Timers {
  readonly #clock: Clock;
  readonly #handles = new Map<string, unknown>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(name: string, ms: number, run: () => void): void {
    this.cancel(name);
    const fire = (): void => {
      this.#handles.delete(name);
      run();
    };
    // Whole milliseconds, as browsers count them: with less than one to go, time would seem to stand still.
    this.#handles.set(name, this.#clock.setTimeout(fire, Math.min(Math.max(0, Math.ceil(ms)), longestDelay)));
  }

  has(name: string): boolean {
    return this.#handles.has(name);
  }

  cancel(name: string): void {
    this.#clock.clearTimeout(this.#handles.get(name));
    this.#handles.delete(name);
  }

  clear(): void {
    for (const name of [...this.#handles.keys()]) this.cancel(name);
  }
}
