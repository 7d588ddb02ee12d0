import { openSqlite } from './sqlite/open-sqlite.js';
import { sqlStorage } from './sql-storage.js';
import type { Storage } from './storage.js';

export type StorageOptions =
  /** The embedded store, in this directory. */
  { readonly dataDir: string };

/** @throws {StorageOpenError} */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  return sqlStorage(await openSqlite(options.dataDir));
}
