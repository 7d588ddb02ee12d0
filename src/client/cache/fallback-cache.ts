import type { LogEvent } from '../../protocol/model.js';
import type { Clock } from '../clock.js';
import { CacheError } from '../errors.js';
import type { Cache, CacheWrite, OutboxRow, SentRow, Snapshot } from './cache.js';
import { asCacheError, openDatabase } from './database.js';
import { IdbCache } from './idb-cache.js';
import { MemoryCache } from './memory-cache.js';

type Setup = {
  /** The database's name; absent for a cache in memory. */
  readonly name?: string;
  readonly clock: Clock;
  readonly limit: number;
  /** Told once when the database gives up, and when the disk is full. */
  readonly onError: (error: CacheError) => void;
};

/**
 * The database as long as it works, memory from then on. Its methods never reject; while it is not open they wait, so that nothing is
 * written where it would be forgotten.
 */
export class FallbackCache implements Cache {
  readonly #setup: Setup;
  readonly #memory = new MemoryCache();
  #current: Cache | undefined;
  #openNow: () => void = () => undefined;
  #opened: Promise<void> = Promise.resolve();

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#shut();
  }

  /** Whether the account's other tabs see the same. */
  get shared(): boolean {
    return this.#current !== undefined;
  }

  async open(): Promise<void> {
    const { name, clock, limit } = this.#setup;
    if (name === undefined) return;
    try {
      const onGone = (): void => this.#gone();
      this.#current = new IdbCache(await openDatabase({ name, clock, limit, onGone }));
    } catch (cause) {
      this.#setup.onError(asCacheError(cause));
    }
    this.#openNow();
  }

  load(now: number): Promise<Snapshot> {
    return this.#try((cache) => cache.load(now));
  }

  write(write: CacheWrite): Promise<void> {
    return this.#try((cache) => cache.write(write));
  }

  events(cid: string, from: number, to: number): Promise<LogEvent[]> {
    return this.#try((cache) => cache.events(cid, from, to));
  }

  outbox(): Promise<OutboxRow[]> {
    return this.#try((cache) => cache.outbox());
  }

  sent(): Promise<SentRow[]> {
    return this.#try((cache) => cache.sent());
  }

  reset(): Promise<void> {
    return this.#try((cache) => cache.reset());
  }

  evict(): Promise<void> {
    return this.#try((cache) => cache.evict());
  }

  close(): void {
    this.#current?.close();
    this.#current = undefined;
    this.#shut();
  }

  #shut(): void {
    if (this.#setup.name !== undefined) this.#opened = new Promise((done) => (this.#openNow = done));
  }

  async #try<T>(work: (cache: Cache) => Promise<T>): Promise<T> {
    await this.#opened;
    const cache = this.#current;
    if (!cache) return work(this.#memory);
    try {
      return await work(cache);
    } catch (cause) {
      const error = asCacheError(cause);
      if (error.code === 'quota') return this.#makeRoom(cache, error, work);
      this.#giveUp(cache, error);
      return work(this.#memory);
    }
  }

  /** Pages can be had again, the outbox can not: those go, this stays. */
  async #makeRoom<T>(cache: Cache, error: CacheError, work: (cache: Cache) => Promise<T>): Promise<T> {
    try {
      await cache.evict();
      return await work(cache);
    } catch {
      this.#giveUp(cache, error);
      return work(this.#memory);
    }
  }

  #gone(): void {
    if (this.#current)
      this.#giveUp(
        this.#current,
        new CacheError('closed', 'the database was deleted, upgraded or closed by the browser'),
      );
  }

  #giveUp(cache: Cache, error: CacheError): void {
    if (this.#current !== cache) return;
    this.#current = undefined;
    cache.close();
    this.#setup.onError(error);
  }
}
