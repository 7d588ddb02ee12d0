import type { Logger } from 'pino';
import type { Bus } from '../bus/bus.js';
import type { Clock } from '../clock.js';
import type { Storage } from '../storage/storage.js';
import type { Tuning } from '../tuning.js';

type Numbers = Pick<Tuning, 'indexBatch' | 'indexShare' | 'indexMs' | 'indexBusyMs'>;

/** Conversations that are handed over at once; the others wait. */
const mostAtOnce = 100;
const pauseMs = 5_000;

/**
 * Follows the logs with the search index, behind those who write: small batches, and pauses several times as long; as long as people write, hardly
 * any. What it has not come to a
 * search takes in itself, and what a crash leaves it finds at the next start.
 */
export class Indexer {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #numbers: Numbers;
  readonly #logger: Logger;
  readonly #behind = new Set<number>();
  readonly #stop: () => void;
  /** When somebody last wrote. */
  #heard = 0;
  #cancel: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(storage: Storage, bus: Bus, clock: Clock, numbers: Numbers, logger: Logger) {
    this.#storage = storage;
    this.#clock = clock;
    this.#numbers = numbers;
    this.#logger = logger;
    this.#stop = bus.subscribe((publication) => {
      if (publication.topic !== 'log') return;
      this.#heard = clock.now();
      this.#behind.add(publication.conversation);
      this.#soon(numbers.indexMs);
    });
    this.#running = this.#guard(async () => {
      for (const conversation of await storage.unindexed()) this.#behind.add(conversation);
    });
  }

  /** Ends it, after the batch that is under way. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#stop();
    this.#cancel?.();
    await this.#running;
  }

  #soon(ms: number): void {
    if (this.#stopped || this.#cancel || this.#running || this.#behind.size === 0) return;
    this.#cancel = this.#clock.after(ms, () => {
      this.#cancel = undefined;
      this.#running = this.#guard(() => this.#batch());
    });
  }

  async #batch(): Promise<void> {
    const batch = [...this.#behind].slice(0, mostAtOnce);
    for (const conversation of batch) this.#behind.delete(conversation);
    try {
      for (const later of await this.#storage.index(batch, this.#numbers.indexBatch)) this.#behind.add(later);
    } catch (error) {
      for (const conversation of batch) this.#behind.add(conversation);
      throw error;
    }
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    const begun = this.#clock.now();
    let pause = pauseMs;
    try {
      await work();
      const { indexShare, indexMs, indexBusyMs } = this.#numbers;
      const now = this.#clock.now();
      pause = Math.max((now - begun) * indexShare, now - this.#heard < indexMs ? indexBusyMs : 0);
    } catch (error) {
      if (!this.#stopped) this.#logger.warn({ err: error }, 'the search index could not follow');
    }
    this.#running = undefined;
    this.#soon(Math.max(pause, this.#behind.size > 0 ? 20 : 0));
  }
}
