import type { FailpointOrder } from '../failpoints.js';
import { openPostgres } from './postgres/open-postgres.js';
import { sqlStorage } from './sql-storage.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import type { Storage } from './storage.js';

export type StorageOptions =
  /** The embedded store, in this directory. */
  | { readonly dataDir: string; readonly failpoints?: readonly FailpointOrder[] }
  /** A PostgreSQL server: `postgres://…`. */
  | { readonly databaseUrl: string };

/** @throws {StorageOpenError} */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  return sqlStorage(
    'databaseUrl' in options
      ? await openPostgres(options.databaseUrl)
      : await openSqlite(options.dataDir, options.failpoints),
  );
}
