import type { LogEvent } from '../../protocol/model.js';
import { Timers, type Clock } from '../clock.js';
import { CacheError } from '../errors.js';
import type { Cache, CacheWrite, FileRow, OutboxRow, SentRow, Snapshot } from './cache.js';
import { asCacheError, openDatabase } from './database.js';
import { IdbCache } from './idb-cache.js';
import { MemoryCache } from './memory-cache.js';

export type FallbackSetup = {
  /** The database's name; absent, as `given` is, for a cache in memory. */
  readonly name?: string;
  /** Stands in for the database. */
  readonly given?: Cache;
  readonly clock: Clock;
  /** How long opening may take, ms. */
  readonly limit: number;
  /** After a failure the database is tried again at once, then ever more seldom, at last every so often, ms. */
  readonly retry: number;
  /** What the client holds that must outlive its database: all that it would write if it began anew. */
  readonly present: () => Pick<CacheWrite, 'entries' | 'outbox' | 'drafts' | 'files'>;
  /** Told once each time the database gives up, and of unsent messages that it has damaged. */
  readonly onError: (error: CacheError) => void;
  /** Told when what is written is not kept any more, and when it is again. */
  readonly onLasting: (lasting: boolean) => void;
};

type Work<T> = (cache: Cache) => Promise<T>;

/**
 * The database as long as it works; memory, with all that matters in it, while it does not, and back again. Its methods never
 * reject; while it is not known where to write they wait, so that nothing is written where it would be forgotten.
 */
export class FallbackCache implements Cache {
  readonly #setup: FallbackSetup;
  readonly #timers: Timers;
  #memory = new MemoryCache();
  #disk: Cache | undefined;
  /** Resolves when it is known where to write. */
  #ready: Promise<void> = Promise.resolve();
  #setReady: () => void = () => undefined;
  #closed = true;
  /** Whether memory holds what the disk does not. */
  #fallen = false;
  /** How often a return was tried, and since when there is a database. */
  #attempts = 0;
  #since = 0;

  constructor(setup: FallbackSetup) {
    this.#setup = setup;
    this.#timers = new Timers(setup.clock);
    this.#hold();
  }

  /** Whether the account's other tabs see the same. */
  get shared(): boolean {
    return this.#disk !== undefined;
  }

  /** Whether what is written outlives the page, as far as is known. */
  get lasting(): boolean {
    return this.#hasDisk && !this.#fallen;
  }

  get #hasDisk(): boolean {
    return this.#setup.name !== undefined || this.#setup.given !== undefined;
  }

  async open(): Promise<void> {
    if (!this.#hasDisk) return;
    this.#closed = false;
    try {
      await this.#use(await this.#openDisk());
    } catch (cause) {
      this.#fall(undefined, asCacheError(cause));
    }
    this.#setReady();
  }

  async load(now: number): Promise<Snapshot> {
    const snapshot = await this.#try((cache) => cache.load(now));
    const { damaged } = snapshot;
    if (damaged !== undefined)
      this.#setup.onError(new CacheError('damaged', `unsent messages are damaged: ${damaged}`));
    return snapshot;
  }

  /** Pages can be had again, and files are in memory as long as the page lives: on a full disk they are not worth a second try. */
  write(write: CacheWrite): Promise<void> {
    return this.#try(
      (cache) => cache.write(write),
      (cache) => cache.write({ ...write, events: [], files: [] }),
    );
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

  file(idClient: string): Promise<FileRow | undefined> {
    return this.#try((cache) => cache.file(idClient));
  }

  reset(): Promise<void> {
    return this.#try((cache) => cache.reset());
  }

  evict(): Promise<void> {
    return this.#try((cache) => cache.evict());
  }

  close(): void {
    this.#closed = true;
    this.#timers.clear();
    this.#disk?.close();
    this.#disk = undefined;
    this.#hold();
  }

  /** From here on everything waits until `#setReady`. */
  #hold(): void {
    if (this.#hasDisk) this.#ready = new Promise((ready) => (this.#setReady = ready));
  }

  /** @param lean the same on a full disk, after pages have made room */
  async #try<T>(work: Work<T>, lean = work): Promise<T> {
    for (;;) {
      const ready = this.#ready;
      await ready;
      if (ready !== this.#ready) continue;
      const disk = this.#disk;
      if (!disk) return work(this.#memory);
      try {
        return await work(disk);
      } catch (cause) {
        const error = asCacheError(cause);
        const again = error.code === 'quota' ? await this.#makeRoom(disk, lean) : undefined;
        if (again) return again.result;
        this.#fall(disk, error);
      }
    }
  }

  async #makeRoom<T>(disk: Cache, work: Work<T>): Promise<{ readonly result: T } | undefined> {
    try {
      await disk.evict();
      return { result: await work(disk) };
    } catch {
      return undefined;
    }
  }

  async #openDisk(): Promise<Cache> {
    const { name = '', given, clock, limit } = this.#setup;
    if (given) return given;
    const opened: { disk?: Cache } = {};
    const onGone = (error: CacheError): void => this.#fall(opened.disk, error);
    return (opened.disk = new IdbCache(await openDatabase({ name, clock, limit, onGone })));
  }

  /** Goes on there. What memory has is newer; pages that were not written meanwhile are holes, so all that can be had again goes. */
  async #use(disk: Cache): Promise<void> {
    const moved = this.#memory.everything();
    try {
      if (this.#fallen) {
        await disk.reset();
        await disk.write(moved);
      }
      if (this.#closed || this.#disk) throw new CacheError('closed', 'the client was closed meanwhile');
    } catch (cause) {
      disk.close();
      throw cause;
    }
    this.#disk = disk;
    this.#since = this.#setup.clock.now();
    if (!this.#fallen) return;
    this.#fallen = false;
    this.#memory = new MemoryCache();
    this.#setup.onLasting(true);
  }

  /** @param disk the one that failed; nothing happens when that is known already */
  #fall(disk: Cache | undefined, error: CacheError): void {
    if (this.#closed || this.#disk !== disk) return;
    this.#disk = undefined;
    disk?.close();
    if (!this.#fallen) {
      this.#fallen = true;
      const { present, onError, onLasting } = this.#setup;
      void this.#memory.write({ ...this.#memory.everything(), ...present() });
      onError(error);
      onLasting(false);
    }
    const { clock, retry } = this.#setup;
    // One that is taken away all the time is not asked for all the time.
    if (clock.now() - this.#since >= retry) this.#attempts = 0;
    this.#again(error);
  }

  /** Never where that cannot help. At once, then more and more seldom: right after its deletion a database may not open yet. */
  #again({ code }: CacheError): void {
    if (code === 'unavailable' || code === 'newer') return;
    const { retry } = this.#setup;
    const wait = this.#attempts === 0 ? 0 : Math.min(retry, (retry / 64) * 2 ** this.#attempts);
    this.#attempts++;
    this.#timers.set('again', code === 'quota' ? retry : wait, () => void this.#return());
  }

  async #return(): Promise<void> {
    try {
      const disk = await this.#openDisk();
      if (this.#closed || this.#disk) return disk.close();
      this.#hold();
      const ready = this.#setReady;
      await this.#use(disk).finally(ready);
    } catch (cause) {
      if (!this.#closed) this.#again(asCacheError(cause));
    }
  }
}
