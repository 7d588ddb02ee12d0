import { Timers, type Clock } from './clock.js';

/** A link that stays silent for so much longer than the server's heartbeat is dead. Bounded, so that 25 s end at 34. */
const grace = (heartbeatMs: number): number => Math.min(heartbeatMs / 2, 9_000);

type Setup = {
  readonly clock: Clock;
  /** How long an answer to a probe may take, ms. */
  readonly probeMs: number;
  readonly ping: () => void;
  readonly onDead: () => void;
};

/** Whether the link still lives. The server speaks at least once a heartbeat; a hidden tab's timers may sleep, so any wake-up checks too. */
export class Heartbeat {
  readonly #setup: Setup;
  readonly #timers: Timers;
  #limit = Infinity;
  #heardAt = 0;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#timers = new Timers(setup.clock);
  }

  start(heartbeatMs: number): void {
    this.#limit = heartbeatMs > 0 ? heartbeatMs + grace(heartbeatMs) : Infinity;
    this.heard();
    this.#watch();
  }

  /** Anything came in. */
  heard(): void {
    this.#heardAt = this.#setup.clock.now();
    this.#timers.cancel('probe');
  }

  /** Asks the other side for a sign of life, at once. */
  probe(): void {
    if (this.#silence() >= this.#limit) return this.#setup.onDead();
    if (this.#timers.has('probe')) return;
    this.#timers.set('probe', this.#setup.probeMs, this.#setup.onDead);
    this.#setup.ping();
  }

  stop(): void {
    this.#timers.clear();
  }

  #silence(): number {
    return this.#setup.clock.now() - this.#heardAt;
  }

  /** One timer for the whole connection, instead of one for each frame. */
  #watch(): void {
    if (this.#limit === Infinity) return;
    this.#timers.set('silence', this.#limit - this.#silence(), () => {
      if (this.#silence() >= this.#limit) this.#setup.onDead();
      else this.#watch();
    });
  }
}
