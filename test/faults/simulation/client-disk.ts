import type { Cache, CacheWrite, Cursor } from '../../../src/client/cache/cache.js';
import { MemoryCache } from '../../../src/client/cache/memory-cache.js';
import { newId } from '../../../src/client/new-id.js';

/** What a page does before and after a transaction; it goes on when this resolves, and the transaction aborts when it rejects. */
export type CacheTurn = (step: 'before' | 'after', write: CacheWrite | undefined) => Promise<void> | undefined;

type Entry = { readonly apply: (cache: MemoryCache) => unknown; readonly strict: boolean };

/** A browser's disk: a journal, of which a power loss may take what was not written strictly. Outlives the page. */
export class ClientDisk {
  readonly device = newId();
  #journal: Entry[] = [];
  #synced = 0;
  #cache = new MemoryCache();

  get cache(): MemoryCache {
    return this.#cache;
  }

  /** Opens it for a page: whatever was written is there. */
  open(turn: CacheTurn): Cache {
    this.#replay(this.#journal.length);
    return new DiskCache(this, turn);
  }

  async write(entry: Entry): Promise<void> {
    this.#journal.push(entry);
    if (entry.strict) this.#synced = this.#journal.length;
    await entry.apply(this.#cache);
  }

  /** @param share of what is not safe that stays */
  losePower(share: number): void {
    this.#replay(this.#synced + Math.floor((this.#journal.length - this.#synced) * share));
  }

  /** Somebody has written another cursor into it. */
  forge(cursor: Cursor): void {
    const write = { events: [], entries: [], outbox: [], settled: [], sent: [], drafts: [], meta: { cursor } };
    void this.write({ apply: (cache) => cache.write({ ...write, strict: true }), strict: true });
  }

  #replay(length: number): void {
    this.#journal = this.#journal.slice(0, length);
    this.#synced = length;
    this.#cache = new MemoryCache();
    for (const { apply } of this.#journal) apply(this.#cache);
  }
}

/** One page's hold on the disk: one transaction after the other. */
class DiskCache implements Cache {
  readonly #disk: ClientDisk;
  readonly #turn: CacheTurn;
  #last: Promise<unknown> = Promise.resolve();

  constructor(disk: ClientDisk, turn: CacheTurn) {
    this.#disk = disk;
    this.#turn = turn;
  }

  async load(now: number): ReturnType<Cache['load']> {
    const snapshot = await this.#next(() => this.#disk.cache.load(now));
    return { ...snapshot, device: this.#disk.device };
  }

  write(write: CacheWrite): Promise<void> {
    return this.#next(() => this.#disk.write({ apply: (cache) => cache.write(write), strict: write.strict }), write);
  }

  events(cid: string, from: number, to: number): ReturnType<Cache['events']> {
    return this.#next(() => this.#disk.cache.events(cid, from, to));
  }

  outbox(): ReturnType<Cache['outbox']> {
    return this.#next(() => this.#disk.cache.outbox());
  }

  sent(): ReturnType<Cache['sent']> {
    return this.#next(() => this.#disk.cache.sent());
  }

  file(idClient: string): ReturnType<Cache['file']> {
    return this.#next(() => this.#disk.cache.file(idClient));
  }

  reset(): Promise<void> {
    return this.#next(() => this.#disk.write({ apply: (cache) => cache.reset(), strict: true }));
  }

  evict(): Promise<void> {
    return this.#next(() => this.#disk.write({ apply: (cache) => cache.evict(), strict: false }));
  }

  close(): void {
    // The disk stays.
  }

  #next<T>(work: () => Promise<T>, write?: CacheWrite): Promise<T> {
    const done = this.#last.then(async () => {
      await this.#turn('before', write);
      const result = await work();
      await this.#turn('after', write);
      return result;
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}
