import { Timers, type Clock } from './clock.js';

const lookEvery = 2_000;
/** A timer that is so much late by the wall's clock has slept: hidden tabs' timers are held back by a minute at most. */
const sleptMs = 90_000;

/**
 * Notices that the machine was asleep. Nothing tells a page of that; its monotonic clock may stand still meanwhile, and a link that the
 * server gave up long ago looks as if it was heard a moment ago. Somebody who sets the clock forward looks the same, and costs a reconnect.
 */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #onAwake: () => void;
  readonly #timers: Timers;

  constructor(clock: Clock, onAwake: () => void) {
    this.#clock = clock;
    this.#onAwake = onAwake;
    this.#timers = new Timers(clock);
  }

  start(): void {
    const due = this.#clock.wall() + lookEvery;
    this.#timers.set('look', lookEvery, () => {
      this.start();
      if (this.#clock.wall() - due > sleptMs) this.#onAwake();
    });
  }

  stop(): void {
    this.#timers.clear();
  }
}
