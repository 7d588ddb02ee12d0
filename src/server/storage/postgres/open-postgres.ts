import { randomUUID } from 'node:crypto';
import { migrate } from '../schema.js';
import type { OpenDatabase } from '../sql-storage.js';
import { sqlStore } from '../sql-store.js';
import { StorageBusyError, StorageOpenError } from '../storage.js';
import { reasonOf } from './errors.js';
import { connect } from './pool.js';
import { PostgresDriver } from './postgres-driver.js';

/** A statement that takes longer is given up by the server; one that the server does not even give up, by us. */
const statementMs = 10_000;
const answerMs = 15_000;

/** @throws {StorageOpenError} */
export async function openPostgres(databaseUrl: string): Promise<OpenDatabase> {
  try {
    const epoch = await prepare(databaseUrl);
    const pool = connect({
      connectionString: databaseUrl,
      max: 10,
      keepAlive: true,
      statement_timeout: statementMs,
      query_timeout: answerMs,
    });
    return { epoch, store: sqlStore(new PostgresDriver(pool), Date.now), close: () => pool.end() };
  } catch (error) {
    if (error instanceof StorageOpenError) throw error;
    throw new StorageOpenError(
      `DATABASE_URL: the database ${address(databaseUrl)} cannot be used (${reasonOf(error instanceof StorageBusyError ? error.cause : error)}): check that it runs, and the URL's host, port, user, password and database`,
      { cause: error },
    );
  }
}

/** Brings the schema up to date, without the limits of time that a question of a chat's has. */
async function prepare(databaseUrl: string): Promise<string> {
  const pool = connect({ connectionString: databaseUrl, max: 1 });
  try {
    const driver = new PostgresDriver(pool);
    const [row] = await driver.query<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding");
    if (row?.encoding !== 'UTF8')
      throw new StorageOpenError(
        `DATABASE_URL: the database ${address(databaseUrl)} has the encoding ${row?.encoding ?? '?'}, which cannot hold every text: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
      );
    return await migrate(driver, randomUUID);
  } finally {
    await pool.end();
  }
}

/** Where it is, without the password. */
function address(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return '(not a URL)';
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(hostname)}:${port || '5432'}${pathname}`;
}
