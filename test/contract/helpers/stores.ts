import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openStorage } from '../../../src/server/storage/open-storage.js';
import type { Storage } from '../../../src/server/storage/storage.js';
import { Disk } from '../../faults/simulation/disk.js';
import type { PostgresServer } from '../../helpers/postgres.js';
import { postgresHere } from './postgres-here.js';

/** Runs the same cases on every kind of store, that of the simulation among them. `store` gives the one that they share; they keep apart by names of their own. */
export function onEveryStore(cases: (store: () => Storage) => void): void {
  onEveryDatabase(cases);
  describe("the simulation's", () => withStore(() => Promise.resolve(openSimulated()), cases));
}

/** As `onEveryStore`, for what the simulation leaves out. */
export function onEveryDatabase(cases: (store: () => Storage) => void): void {
  describe('SQLite', () => withStore(async () => openStorage({ dataDir: await temporaryDirectory() }), cases));
  describePostgres('PostgreSQL', (server) =>
    withStore(async () => openStorage({ databaseUrl: server.url(await server.createDatabase()) }), cases),
  );
}

/** A suite with the file's PostgreSQL server; one skipped test where there is none on this machine. */
export function describePostgres(name: string, suite: (server: PostgresServer) => void): void {
  const server = postgresHere;
  if (server) describe(name, () => suite(server));
  else it(name, { skip: 'there is no PostgreSQL on this machine' });
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
