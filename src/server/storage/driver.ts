import type { AppendedMessage, NewMessage } from './storage.js';

export type SqlValue = string | number | null;

/** Runs statements of the portable subset: `?` marks a value's place, RETURNING and ON CONFLICT are known. */
export interface Sql {
  /** @throws {StorageBusyError} when a later try may succeed. */
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

/** What became of one message of a batch: its place, or word that its `idClient` was used for another message. */
export type AppendOutcome = AppendedMessage | 'id-reused';

/** One database, as the portable SQL sees it. */
export interface Driver extends Sql {
  readonly dialect: Dialect;
  /** Commits when `work` resolves, and rolls back when it rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Stores messages in one transaction, all or (rejecting) none; outcomes in the messages' order. */
  append(messages: readonly NewMessage[]): Promise<AppendOutcome[]>;
}

/** A message as the search index keeps it. `place` is unique, and greater for a later one. */
export type IndexRow = {
  readonly place: number;
  readonly conversation: number;
  readonly seq: number;
  readonly words: readonly string[];
};

/** Full text, for which there is no common SQL. A word of the index is of one conversation, so a search reads nothing of the others. */
export interface SearchDialect {
  readonly schema: readonly string[];
  /** @returns whether the place was free; else nothing is written */
  put(sql: Sql, row: IndexRow): Promise<boolean>;
  remove(sql: Sql, place: number): Promise<void>;
  /**
   * Places below `before`, highest first, where for one of the `choices` each of its words is one, or (`prefix`) the beginning of one.
   */
  find(
    sql: Sql,
    choices: readonly (readonly string[])[],
    options: { readonly prefix: boolean; readonly before: number; readonly limit: number },
  ): Promise<number[]>;
}

/** The few words in which the databases differ. */
export type Dialect = {
  /** Column type of a key that the database gives out. */
  readonly key: string;
  /** Column type of a whole number up to 2^53 − 1. */
  readonly int: string;
  /** Stands after the last parenthesis of CREATE TABLE. */
  readonly tableEnd: string;
  /** Makes a SELECT hold its rows of the table `alias` until the transaction ends. */
  readonly lockRows: (alias: string) => string;
  /** Lets one process at a time change the schema; held to the end of the transaction. */
  readonly lockSchema?: string;
  readonly search: SearchDialect;
};
