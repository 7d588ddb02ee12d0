import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { migrate } from '../../src/server/storage/schema.js';
import { closeDatabase, openDatabase, type Database } from '../../src/server/storage/sqlite/database.js';
import { SqliteDriver } from '../../src/server/storage/sqlite/sqlite-driver.js';
import { sqlStorage } from '../../src/server/storage/sql-storage.js';
import { sqlStore } from '../../src/server/storage/sql-store.js';
import type { Storage } from '../../src/server/storage/storage.js';
import { temporaryDirectory } from './chat-server.js';

type Statement = ReturnType<Database['prepare']>;

/** The SQLite store, in this thread and one call at a time, that notes each statement it runs. */
export async function countingStorage(t: TestContext): Promise<{ storage: Storage; statements: string[] }> {
  const statements: string[] = [];
  const db = openDatabase(join(await temporaryDirectory(t), 'counted.sqlite'));
  const counted = new Proxy(db, {
    get: (target, name) => {
      if (name === 'prepare') return (text: string) => countedStatement(target.prepare(text), text, statements);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  const driver = new SqliteDriver(counted);
  const epoch = await migrate(driver, () => 'epoch');
  const store = sqlStore(driver, () => Date.now());
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = new Proxy(store, {
    get: (target, name) => {
      const call = Reflect.get(target, name) as (...args: readonly unknown[]) => Promise<unknown>;
      return (...args: readonly unknown[]) => {
        const done = last.then(() => call(...args));
        last = done.catch(() => undefined);
        return done;
      };
    },
    ownKeys: (target) => Reflect.ownKeys(target),
  });
  const calls = Object.fromEntries(Object.keys(store).map((name) => [name, Reflect.get(inTurn, name)])) as typeof store;
  const storage = sqlStorage({
    epoch,
    store: calls,
    close: () => {
      closeDatabase(db);
      return Promise.resolve();
    },
  });
  return { storage, statements };
}

function countedStatement(statement: Statement, text: string, statements: string[]): Statement {
  return new Proxy(statement, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        statements.push(text);
        return (member as (...given: readonly unknown[]) => unknown).apply(target, [...args]);
      };
    },
  });
}
