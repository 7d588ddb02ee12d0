import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openStorage } from '../../../src/server/storage/open-storage.js';
import type { Storage } from '../../../src/server/storage/storage.js';
import { Disk } from '../../faults/simulation/disk.js';
import { PostgresServer } from '../../helpers/postgres.js';

/** Runs the same cases on every kind of store, that of the simulation among them. `store` gives the one that they share; they keep apart by names of their own. */
export async function onEveryStore(cases: (store: () => Storage) => void): Promise<void> {
  await onEveryDatabase(cases, () => {
    describe("the simulation's", () => withStore(() => Promise.resolve(openSimulated()), cases));
  });
}

/** As `onEveryStore`, for what the simulation leaves out. */
export async function onEveryDatabase(cases: (store: () => Storage) => void, more?: () => void): Promise<void> {
  const dataDir = await temporaryDirectory();
  describe('SQLite', () => withStore(() => openStorage({ dataDir }), cases));
  more?.();
  await describePostgres('PostgreSQL', (server) =>
    withStore(async () => openStorage({ databaseUrl: server.url(await server.createDatabase()) }), cases),
  );
}

/** A suite with a PostgreSQL server of this file's own; one skipped test where there is none on this machine. */
export async function describePostgres(name: string, suite: (server: PostgresServer) => void): Promise<void> {
  const server = await PostgresServer.start();
  if (server) {
    describe(name, () => suite(server));
    after(() => server.close());
  } else it(name, { skip: 'there is no PostgreSQL on this machine' });
}

/** A directory that is gone when the file's tests are done. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'im-store-'));
  after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function openSimulated(): Storage {
  const disk = new Disk({ unique: true, syncs: true }, () => 'epoch');
  return disk.open(
    () => undefined,
    () => Date.now(),
  );
}

function withStore(open: () => Promise<Storage>, cases: (store: () => Storage) => void): void {
  let storage: Storage;
  before(async () => {
    storage = await open();
  });
  after(() => storage.close());
  cases(() => storage);
}
