import { IdReusedError, StorageBusyError, type AppendedMessage, type NewMessage } from './storage.js';

/** What is stored once for each of these. */
type Once = { readonly from: string; readonly idClient: string };

type Waiting<Item, Stored> = {
  readonly message: Item;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (reason: unknown) => void;
};

type Store<Item, Stored> = (items: readonly Item[]) => Promise<(Stored | 'id-reused')[]>;

/** Messages of one transaction. More gain little, and keep readers waiting. */
const batchSize = 512;
/** Beyond this many waiting the store is not keeping up, and says so at once rather than fill the memory. */
const mostWaiting = 10_000;

/**
 * Gathers messages while a batch is being stored, and stores them together: one commit for many. Keeps the order of the calls.
 * `store` stores all or none.
 */
export class GroupCommit<Item extends Once = NewMessage, Stored = AppendedMessage> {
  readonly #store: Store<Item, Stored>;
  readonly #batchSize: number;
  #waiting: Waiting<Item, Stored>[] = [];
  #running: Promise<void> | undefined;

  /** @param size of the largest batch */
  constructor(store: Store<Item, Stored>, size = batchSize) {
    this.#store = store;
    this.#batchSize = size;
  }

  append(message: Item): Promise<Stored> {
    if (this.#waiting.length >= mostWaiting)
      return Promise.reject(new StorageBusyError(`${mostWaiting} messages are waiting to be stored already`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when everything that was handed over is settled. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // What other sockets deliver in this turn of the event loop shares the first commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, this.#batchSize));
    this.#running = undefined;
  }

  async #commit(batch: readonly Waiting<Item, Stored>[]): Promise<void> {
    try {
      const outcomes = await this.#store(batch.map(({ message }) => message));
      for (const [i, waiting] of batch.entries()) settle(waiting, outcomes[i]!);
    } catch (error) {
      if (batch.length === 1 || error instanceof StorageBusyError) for (const { reject } of batch) reject(error);
      // One of them cannot be stored: singly, so that only that one fails.
      else for (const waiting of batch) await this.#commit([waiting]);
    }
  }
}

function settle<Item extends Once, Stored>(
  { message, resolve, reject }: Waiting<Item, Stored>,
  outcome: Stored | 'id-reused',
): void {
  if (outcome === 'id-reused')
    reject(new IdReusedError(`${message.from} used the idClient ${message.idClient} for another message before`));
  else resolve(outcome);
}
