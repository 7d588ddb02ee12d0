import { BoundedMap } from '../bounded-map.js';
import type { Rate } from '../tuning.js';
import { TokenBucket } from './token-bucket.js';

/** How fast an account may send, over all its connections and past their ends. */
export class AccountRates {
  readonly #rate: Rate;
  readonly #buckets = new BoundedMap<string, TokenBucket>(50_000);

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Milliseconds until the account may send again; 0: it may now, and is taken to. */
  wait(account: string, now: number): number {
    let bucket = this.#buckets.get(account);
    if (!bucket) {
      bucket = new TokenBucket(this.#rate, now);
      this.#buckets.set(account, bucket);
    }
    return bucket.take(1, now);
  }
}
