import { BoundedMap } from '../bounded-map.js';
import type { Tuning } from '../tuning.js';
import { TokenBucket } from './token-bucket.js';

type Bounds = Pick<Tuning, 'handshakesPerIp' | 'socketsPerIp' | 'unauthenticated' | 'unauthenticatedPerIp'>;

/** Counts of one address, or of all. */
type Counts = { sockets: number; unauthenticated: number };

/** A socket that was let in; its owner says how it goes on. */
export type Admitted = { greeted(): void; closed(): void };

/** How many sockets there may be, and how many of one address: those that never say who they are cost the most. */
export class Admission {
  readonly #bounds: Bounds;
  readonly #now: () => number;
  readonly #byIp = new Map<string, Counts>();
  readonly #handshakes = new BoundedMap<string, TokenBucket>(10_000);
  readonly #all: Counts = { sockets: 0, unauthenticated: 0 };

  constructor(bounds: Bounds, now: () => number) {
    this.#bounds = bounds;
    this.#now = now;
  }

  /** Lets a socket in, or gives the milliseconds after which it may come back. */
  admit(ip: string): Admitted | number {
    const waitMs = this.#handshakeWait(ip);
    if (waitMs > 0) return waitMs;
    const counts = this.#byIp.get(ip) ?? { sockets: 0, unauthenticated: 0 };
    if (
      this.#all.unauthenticated >= this.#bounds.unauthenticated ||
      counts.unauthenticated >= this.#bounds.unauthenticatedPerIp ||
      counts.sockets >= this.#bounds.socketsPerIp
    )
      return 5_000;
    this.#byIp.set(ip, counts);
    return this.#enter(ip, counts);
  }

  #enter(ip: string, counts: Counts): Admitted {
    const both = [counts, this.#all];
    for (const each of both) {
      each.sockets++;
      each.unauthenticated++;
    }
    let waiting = true;
    const greeted = (): void => {
      if (waiting) for (const each of both) each.unauthenticated--;
      waiting = false;
    };
    const closed = (): void => {
      greeted();
      for (const each of both) each.sockets--;
      if (counts.sockets === 0) this.#byIp.delete(ip);
    };
    return { greeted, closed };
  }

  #handshakeWait(ip: string): number {
    let bucket = this.#handshakes.get(ip);
    if (!bucket) {
      bucket = new TokenBucket(this.#bounds.handshakesPerIp, this.#now());
      this.#handshakes.set(ip, bucket);
    }
    return bucket.take(1, this.#now());
  }
}
