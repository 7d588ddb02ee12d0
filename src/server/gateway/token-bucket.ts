import type { Rate } from '../tuning.js';

/** Allows `burst` at once and `perSecond` on average. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** Takes `cost` tokens and gives 0, or takes none and gives the milliseconds until there are enough. */
  take(cost: number, now: number): number {
    const { burst, perSecond } = this.#rate;
    // A clock that jumped back gives nothing, and takes nothing.
    if (now > this.#at) this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    const price = Math.min(cost, burst);
    if (this.#tokens >= price) {
      this.#tokens -= price;
      return 0;
    }
    return Math.ceil(((price - this.#tokens) / perSecond) * 1000);
  }
}
