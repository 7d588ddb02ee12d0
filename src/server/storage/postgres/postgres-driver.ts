import type { ClientBase, Pool } from 'pg';
import type { AppendOutcome, Dialect, Driver, Sql } from '../driver.js';
import type { NewMessage } from '../storage.js';
import { appendStatement, postgresAppend } from './append.js';
import { hasCollided, sorted } from './errors.js';
import { numbered, Prepared } from './prepared.js';
import { postgresSearch } from './search.js';

/** How often a batch that met another node's is tried. */
const tries = 5;

/** Any number that no other program on the same database is likely to lock. */
const schemaLock = 4_983_246_007;

export class PostgresDriver implements Driver {
  readonly dialect: Dialect = {
    key: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    int: 'bigint',
    tableEnd: '',
    lockRows: (alias) => `FOR NO KEY UPDATE OF ${alias}`,
    search: postgresSearch,
    lockSchema: `SELECT pg_advisory_xact_lock(${schemaLock})`,
  };
  readonly #pool: Pool;
  readonly #prepared = new Prepared();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#run<Row>(this.#pool, numbered(text), values).catch(rethrow);
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(rethrow);
    const sql: Sql = {
      query: <Row>(text: string, values: readonly unknown[] = []) =>
        this.#run<Row>(client, numbered(text), values).catch(rethrow),
    };
    try {
      await sql.query('BEGIN');
      const result = await work(sql);
      await sql.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // Closing the connection rolls back, also where a ROLLBACK would not come through.
      client.release(true);
      throw error;
    }
  }

  async append(messages: readonly NewMessage[]): Promise<AppendOutcome[]> {
    const store = (values: readonly unknown[]) => this.#run(this.#pool, appendStatement, values);
    for (let left = tries; ; left--)
      try {
        return await postgresAppend(store, messages);
      } catch (error) {
        if (left === 1 || !hasCollided(error)) throw sorted(error);
      }
  }

  async #run<Row>(on: Pool | ClientBase, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await on.query({ name: this.#prepared.nameOf(text), text, values: [...values] });
    return rows as Row[];
  }
}

function rethrow(error: unknown): never {
  throw sorted(error);
}
