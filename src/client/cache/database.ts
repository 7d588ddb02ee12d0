import { openDB } from 'idb';
import type { Clock } from '../clock.js';
import { CacheError } from '../errors.js';
import { migrations, type Database } from './schema.js';

type Opening = {
  readonly name: string;
  readonly clock: Clock;
  /** Ms after which opening counts as failed: behind a tab that blocks it, it may never settle. */
  readonly limit: number;
  /** The database was taken away: deleted, upgraded by a newer tab, or closed by the browser. */
  readonly onGone: (error: CacheError) => void;
};

/**
 * Opens the database and brings it up to date.
 * @throws {CacheError}
 */
export async function openDatabase({ name, clock, limit, onGone }: Opening): Promise<Database> {
  if (!hasIndexedDB()) throw new CacheError('unavailable', 'there is no IndexedDB here');
  let late = false;
  const opening = openDB(name, migrations.length, {
    upgrade(db, from, _to, tx) {
      for (const migrate of migrations.slice(from)) migrate(db, tx);
    },
    // A newer version, or a deletion, waits for this connection: give way.
    blocking(_current, wanted, event) {
      (event.target as IDBDatabase).close();
      onGone(wanted === null ? new CacheError('closed', 'the database was deleted') : newer());
    },
    terminated: () => onGone(new CacheError('closed', 'the browser closed the database')),
  }) as Promise<Database>;
  let timer: unknown;
  const timeout = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => {
      late = true;
      reject(new CacheError('blocked', `the database did not open within ${limit} ms`));
    }, limit);
  });
  opening.then(
    (db) => late && db.close(),
    () => undefined,
  );
  try {
    return await Promise.race([opening, timeout]);
  } catch (cause) {
    throw asCacheError(cause);
  } finally {
    clock.clearTimeout(timer);
  }
}

/** Reading the property itself throws in a sandboxed frame. */
function hasIndexedDB(): boolean {
  try {
    return (globalThis as { indexedDB?: IDBFactory }).indexedDB !== undefined;
  } catch {
    return false;
  }
}

export function asCacheError(cause: unknown): CacheError {
  if (cause instanceof CacheError) return cause;
  const { name, message } = cause instanceof Error || cause instanceof DOMException ? cause : new Error(String(cause));
  if (name === 'VersionError') return newer({ cause });
  if (name === 'QuotaExceededError') return new CacheError('quota', 'the disk is full', { cause });
  if (name === 'SecurityError') return new CacheError('unavailable', 'this page may not use IndexedDB', { cause });
  if (name === 'InvalidStateError') return new CacheError('closed', 'the database was closed', { cause });
  return new CacheError('failed', `the database failed: ${name}: ${message}`, { cause });
}

function newer(options?: ErrorOptions): CacheError {
  return new CacheError('newer', 'the database belongs to a newer version: reload the page', options);
}
