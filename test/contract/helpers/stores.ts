import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { openStorage, type StorageOptions } from '../../../src/server/storage/open-storage.js';
import type { Storage } from '../../../src/server/storage/storage.js';
import { PostgresServer } from '../../helpers/postgres.js';

/** Runs the same cases on every kind of store. `store` gives the one that they share; they keep apart by names of their own. */
export async function onEveryStore(cases: (store: () => Storage) => void): Promise<void> {
  const directory = await temporaryDirectory();
  suite('SQLite', () => Promise.resolve({ dataDir: directory }), cases);

  const postgres = await PostgresServer.start();
  const options = async (): Promise<StorageOptions> => ({
    databaseUrl: postgres!.url(await postgres!.createDatabase()),
  });
  suite('PostgreSQL', options, cases, postgres ? undefined : 'there is no PostgreSQL on this machine');
  after(() => postgres?.stop());
}

/** A directory that is gone when the file's tests are done. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'im-store-'));
  after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

function suite(
  name: string,
  options: () => Promise<StorageOptions>,
  cases: (store: () => Storage) => void,
  skip?: string,
): void {
  describe(name, { skip: skip ?? false }, () => {
    let storage: Storage;
    before(async () => {
      storage = await openStorage(await options());
    });
    after(() => storage.close());
    cases(() => storage);
  });
}
