import type { LogEvent } from '../../protocol/model.js';
import { newId } from '../new-id.js';
import type { Cache, CacheWrite, FileRow, OutboxRow, SentRow, Snapshot } from './cache.js';
import { allEntries, putEntries } from './conversation-cache.js';
import { allDrafts, putDrafts } from './draft-cache.js';
import { fileOf, forgetFiles, putFiles } from './file-cache.js';
import { allGroups, allNotices, forgetGroups, putGroups, putNotices } from './group-cache.js';
import { eventsBetween, forgetEvents, putEvents } from './message-cache.js';
import { allMeta, ensureDevice, forgetCursor, putMeta } from './meta-cache.js';
import { allOutbox, allSent, forgetSent, putOutbox, settleOutbox } from './outbox-cache.js';
import { storeNames, type Database, type ReadTransaction, type WriteTransaction } from './schema.js';

/** The cache in IndexedDB. Each object store has a module of its own; here are the transactions. */
export class IdbCache implements Cache {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async load(now: number): Promise<Snapshot> {
    const device = await this.#change('relaxed', async (tx) => {
      await Promise.all(forgetSent(tx, now));
      return ensureDevice(tx, newId);
    });
    const tx: ReadTransaction = this.#db.transaction(storeNames);
    const [meta, entries, drafts, outbox, groups, notices] = await Promise.all([
      allMeta(tx),
      allEntries(tx),
      allDrafts(tx),
      allOutbox(tx),
      allGroups(tx),
      allNotices(tx),
    ]);
    const { rows, damaged } = outbox;
    return {
      ...{ ...meta, device, entries, drafts, outbox: rows },
      ...(groups.length > 0 && { groups }),
      ...(notices.length > 0 && { notices }),
      ...(damaged > 0 && { damaged }),
    };
  }

  /** A request that the database refuses outright rejects like any other: none is left without a listener. */
  async write(write: CacheWrite): Promise<void> {
    await this.#change(write.strict ? 'strict' : 'relaxed', (tx) =>
      Promise.all([
        ...forgetEvents(tx, write.forget ?? []),
        ...putEvents(tx, write.events),
        ...putEntries(tx, write.entries),
        ...putOutbox(tx, write.outbox),
        ...putFiles(tx, write.files ?? []),
        ...settleOutbox(tx, write.settled, write.sent),
        ...forgetFiles(tx, write.settled),
        ...putDrafts(tx, write.drafts),
        ...putMeta(tx, write.meta),
        ...putGroups(tx, write.groups ?? []),
        ...putNotices(tx, write.notices ?? []),
      ]),
    );
  }

  events(cid: string, from: number, to: number): Promise<LogEvent[]> {
    return eventsBetween(this.#db, cid, from, to);
  }

  async outbox(): Promise<OutboxRow[]> {
    return (await allOutbox(this.#db.transaction(storeNames))).rows;
  }

  async sent(): Promise<SentRow[]> {
    return allSent(this.#db.transaction(storeNames));
  }

  file(idClient: string): Promise<FileRow | undefined> {
    return fileOf(this.#db, idClient);
  }

  async reset(): Promise<void> {
    await this.#change('strict', (tx) =>
      Promise.all([
        tx.objectStore('events').clear(),
        tx.objectStore('conversations').clear(),
        ...forgetCursor(tx),
        ...forgetGroups(tx),
      ]),
    );
  }

  async evict(): Promise<void> {
    await this.#change('relaxed', (tx) => tx.objectStore('events').clear());
  }

  close(): void {
    this.#db.close();
  }

  async #change<T>(durability: IDBTransactionDurability, work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const tx: WriteTransaction = this.#db.transaction(storeNames, 'readwrite', { durability });
    // Awaited below, yet it may reject before that.
    tx.done.catch(() => undefined);
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (cause) {
      abort(tx);
      throw cause;
    }
  }
}

/** Nothing of a transaction that failed half way is kept. */
function abort(tx: WriteTransaction): void {
  try {
    tx.abort();
  } catch {
    // It has ended by itself.
  }
}
