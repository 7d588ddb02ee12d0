import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Storage } from '../storage/storage.js';
import type { Tuning } from '../tuning.js';
import type { FileStore } from './file-store.js';

type Setup = {
  readonly store: FileStore;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly tuning: Tuning;
  readonly logger: Logger;
};

const atOnce = 100;

/** Removes what was never finished, and what no message came to use. */
export class Orphans {
  readonly #setup: Setup;
  readonly #stop: () => void;
  #running: Promise<void> = Promise.resolve();

  constructor(setup: Setup) {
    this.#setup = setup;
    const { clock, tuning } = setup;
    this.#stop = clock.every(tuning.orphanCheckMs, () => void this.collect());
  }

  /** One round, after the one that is under way. */
  collect(): Promise<void> {
    this.#running = this.#running.then(() => this.#collect());
    return this.#running;
  }

  /** Resolves when nothing is under way any more. */
  close(): Promise<void> {
    this.#stop();
    return this.#running;
  }

  async #collect(): Promise<void> {
    const { store, storage, clock, tuning, logger } = this.#setup;
    try {
      const dropped = await storage.dropOrphans(clock.now() - tuning.orphanMs, atOnce);
      for (const id of dropped) {
        // First the bytes: after a crash between the two the row is found again, and removing twice does no harm.
        await store.remove(id);
        await storage.forgetFile(id);
      }
      if (dropped.length > 0) logger.info({ files: dropped.length }, 'removed files that nothing uses');
    } catch (error) {
      logger.warn({ err: error }, 'files that nothing uses could not be removed');
    }
  }
}
