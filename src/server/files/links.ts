import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Storage } from '../storage/storage.js';

/** How long a link is good for. Whoever is no member any more can use one so long at most. */
export const linkS = 600;

/** Signed addresses of files: whoever has one may read that file until it expires. */
export class Links {
  readonly #key: Buffer;
  readonly #now: () => number;

  /** @param key 32 bytes that nobody else knows */
  constructor(key: Buffer, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** The key is the store's, so that every node knows it and a restart voids no link. */
  static async open(storage: Storage, now: () => number): Promise<Links> {
    const key = await storage.secret('files', randomBytes(32).toString('hex'));
    return new Links(Buffer.from(key, 'hex'), now);
  }

  /** `/files/<id>?e=…&s=…` */
  make(id: string): string {
    const expires = Math.floor(this.#now() / 1000) + linkS;
    return `/files/${id}?e=${expires}&s=${this.#sign(id, expires).toString('base64url')}`;
  }

  /** Seconds that the link is good for yet; 0 for one that is not, for whatever reason. */
  check(id: string, expires: unknown, signature: unknown): number {
    if (typeof expires !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(expires)) return 0;
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(id, Number(expires));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 0;
    return Math.max(0, Math.ceil(Number(expires) - this.#now() / 1000));
  }

  #sign(id: string, expires: number): Buffer {
    return createHmac('sha256', this.#key).update(`${id} ${expires}`).digest();
  }
}
