import type { Failpoints } from '../../failpoints.js';
import type { AppendOutcome, Dialect, Driver, Sql, SqlValue } from '../driver.js';
import type { NewMessage } from '../storage.js';
import { sqliteAppend } from './append.js';
import { sorted, type Database } from './database.js';
import { sqliteSearch } from './search.js';

type Statement = ReturnType<Database['prepare']>;

/** One connection. Whoever uses it lets one call end before the next: a statement between would fall into the other's transaction. */
export class SqliteDriver implements Driver {
  readonly dialect: Dialect = {
    key: 'INTEGER PRIMARY KEY',
    int: 'INTEGER',
    tableEnd: ' STRICT',
    lockRows: () => '',
    search: sqliteSearch,
  };
  readonly #db: Database;
  readonly #failpoints: Failpoints | undefined;
  readonly #statements = new Map<string, Statement>();
  #appendOne: ((message: NewMessage) => AppendOutcome) | undefined;

  constructor(db: Database, failpoints?: Failpoints) {
    this.#db = db;
    this.#failpoints = failpoints;
  }

  // Async by the interface's wish: what throws here must come out as a rejection.

  async query<Row>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    try {
      return this.#prepare(text).all(...values) as Row[];
    } catch (error) {
      throw sorted(error);
    }
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#inTransaction(() => work(this));
  }

  append(messages: readonly NewMessage[]): Promise<AppendOutcome[]> {
    const one = (this.#appendOne ??= sqliteAppend(this.#db));
    const failpoints = this.#failpoints;
    if (!failpoints) return this.#inTransaction(() => messages.map(one));
    return this.#inTransaction(async () => {
      const outcomes = messages.map(one);
      await failpoints.reach('in-transaction');
      return outcomes;
    });
  }

  async #inTransaction<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const result = await work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollback();
      throw sorted(error);
    }
  }

  #rollback(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // A full disk has rolled it back already: https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
    }
  }

  #prepare(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#db.prepare(text)));
    return statement;
  }
}
