import { DatabaseSync as PackagedDatabase } from '@photostructure/sqlite';
import { StorageBusyError } from '../storage.js';

export type Database = InstanceType<typeof PackagedDatabase>;

/** Node's own SQLite where it has one, the package of the same interface elsewhere (Node 20). */
const builtin = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync: typeof PackagedDatabase } | undefined;
const DatabaseSync = builtin?.DatabaseSync ?? PackagedDatabase;

export const databaseName = 'im.sqlite';

/** Megabytes of log between checkpoints: at SQLite's default of 4 the rate of writing is halved. */
const logMb = 64;
const pageBytes = 4_096;

/** Opens a file as it is, and makes it where there is none. */
export function openFile(file: string): Database {
  return new DatabaseSync(file);
}

/** Opens the store's file for writing: every commit is on the disk when it returns. */
export function openDatabase(file: string): Database {
  const db = openFile(file);
  try {
    db.exec(`
      PRAGMA busy_timeout = 5000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = ${(logMb * 1024 * 1024) / pageBytes};
      PRAGMA journal_size_limit = ${logMb * 1024 * 1024};
      PRAGMA cache_size = -65536;
      PRAGMA foreign_keys = ON;
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Closes what `openDatabase` opened, with the log brought into the file: the next start has none to go through. Not left to `close`, since
 * the package keeps the connection while a prepared statement is about.
 */
export function closeDatabase(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // A full disk: the log stays, with everything in it.
  }
  db.close();
}

// https://www.sqlite.org/rescode.html
const codes = { busy: 5, locked: 6, noMemory: 7, readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 } as const;
const passing: ReadonlySet<number> = new Set(Object.values(codes));

/** SQLite's primary result code of an error; `undefined` for an error that is not SQLite's. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

export const isLocked = (error: unknown): boolean => resultCode(error) === codes.busy;

/** What callers see of an error of SQLite's: `StorageBusyError` when the same may succeed later. */
export function sorted(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined || !passing.has(code)) return error;
  return new StorageBusyError(`the store cannot write now: ${(error as Error).message}`, { cause: error });
}
