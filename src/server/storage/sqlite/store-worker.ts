import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Failpoints, type FailpointOrder } from '../../failpoints.js';
import { migrate } from '../schema.js';
import { sqlStore } from '../sql-store.js';
import { toFailure, type Call, type Opened, type Reply } from './calls.js';
import { closeDatabase, databaseName, openDatabase } from './database.js';
import { lockDirectory } from './directory-lock.js';
import { SqliteDriver } from './sqlite-driver.js';

// The store's thread: SQLite's calls block, so they block here and not where the sockets are.

const { dataDir, failpoints } = workerData as { dataDir: string; failpoints?: readonly FailpointOrder[] };
const port = parentPort!;
const say = (message: Opened | Reply) => port.postMessage(message);

async function serve(): Promise<void> {
  const unlock = lockDirectory(dataDir);
  const db = openDatabase(join(dataDir, databaseName));
  const driver = new SqliteDriver(db, Failpoints.of(failpoints));
  const epoch = await migrate(driver, randomUUID);
  const store = sqlStore(driver, Date.now);

  const answer = async ({ id, method, args }: Call): Promise<void> => {
    try {
      if (method === 'close') {
        closeDatabase(db);
        unlock();
        say({ id, value: undefined });
        port.close();
      } else {
        const call = store[method] as (...args: readonly unknown[]) => Promise<unknown>;
        say({ id, value: await call(...args) });
      }
    } catch (error) {
      say({ id, failure: toFailure(error) });
    }
  };
  // One after the other: the connection knows one transaction at a time.
  let last = Promise.resolve();
  port.on('message', (call: Call) => {
    last = last.then(() => answer(call));
  });
  say({ epoch });
}

serve().catch((error: unknown) => say({ failure: toFailure(error) }));
