import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { sqlStorage } from '../../src/server/storage/sql-storage.js';
import { sqlStore } from '../../src/server/storage/sql-store.js';
import { migrate } from '../../src/server/storage/schema.js';
import { openDatabase } from '../../src/server/storage/sqlite/database.js';
import { SqliteDriver } from '../../src/server/storage/sqlite/sqlite-driver.js';
import { StorageBusyError, StorageOpenError, type Storage } from '../../src/server/storage/storage.js';
import { LoadProcess } from './helpers/load-process.js';
import { temporaryDirectory } from './helpers/stores.js';
import { messageIn, startTalk } from './helpers/talk.js';

describe('SQLite, when things go wrong', () => {
  it('F26: has every message that it said it has, once and in place, after kill -9 under load', async () => {
    const dataDir = await temporaryDirectory();
    for (const count of [1, 40, 300, 700, 1_500]) {
      const acked = await (await LoadProcess.start(dataDir)).killAfter(count);
      assert.ok(acked.length >= count);
      const storage = await openStorage({ dataDir });
      for (const conversation of new Set(acked.map((ack) => ack.conversation))) {
        const log = await storage.messages(conversation, 1, Number.MAX_SAFE_INTEGER);
        assert.deepEqual(
          log.map(({ seq }) => seq),
          log.map((_, i) => i + 1),
        );
        assert.equal(new Set(log.map(({ idClient }) => idClient)).size, log.length);
        assert.deepEqual((await storage.heads([conversation])).get(conversation), log.length);
        for (const ack of acked.filter((each) => each.conversation === conversation)) {
          const { id, idClient } = log[ack.seq - 1]!;
          assert.deepEqual({ id, idClient }, { id: ack.id, idClient: ack.idClient });
        }
      }
      await storage.close();
    }
  });

  it('F27: refuses a second process on its directory, and names the first, until that one is dead', async () => {
    const dataDir = await temporaryDirectory();
    const holder = await LoadProcess.start(dataDir);
    await assert.rejects(openStorage({ dataDir }), (error) => {
      assert.ok(error instanceof StorageOpenError);
      assert.match(error.message, new RegExp(`^DATA_DIR ${dataDir} is in use by process ${holder.pid}: `));
      return true;
    });
    await holder.kill();
    await (await openStorage({ dataDir })).close();
  });

  it('F27: refuses a second store on its directory within one process', async () => {
    const dataDir = await temporaryDirectory();
    const storage = await openStorage({ dataDir });
    await assert.rejects(openStorage({ dataDir }), StorageOpenError);
    await storage.check();
    await storage.close();
    await (await openStorage({ dataDir })).close();
  });

  it('F26: says that it is busy while the disk is full, and goes on when there is room', async () => {
    await onSmallDisk(async (disk) => {
      const filler = join(disk, 'filler');
      const storage = await openStorage({ dataDir: join(disk, 'data') });
      const { alice, conversation } = await startTalk(storage);
      writeFileSync(filler, Buffer.alloc(28 * 1024 * 1024));
      await fillAndRecover(storage, conversation, alice, () => rmSync(filler));
      await storage.close();
    });
  });

  it('F26: says that it is busy while it may not grow, and goes on when it may', async () => {
    const db = openDatabase(join(await temporaryDirectory(), 'small.sqlite'));
    const driver = new SqliteDriver(db);
    await migrate(driver, () => 'epoch');
    const close = (): Promise<void> => Promise.resolve(db.close());
    const storage = sqlStorage({ epoch: 'epoch', store: sqlStore(driver, () => 0), close });
    const { alice, conversation } = await startTalk(storage);
    db.exec('PRAGMA max_page_count = 60');
    await fillAndRecover(storage, conversation, alice, () => db.exec('PRAGMA max_page_count = 100000'));
    await storage.close();
  });

  it('says which directory it cannot use, and why', async () => {
    const parent = await temporaryDirectory();
    const taken = join(parent, 'file');
    writeFileSync(taken, '');
    await assert.rejects(openStorage({ dataDir: taken }), {
      name: 'StorageOpenError',
      message: /DATA_DIR .*file cannot be used/,
    });
    await assert.rejects(openStorage({ dataDir: join(taken, 'below') }), StorageOpenError);
  });

  it('says so when its file is something else', async () => {
    const dataDir = await temporaryDirectory();
    writeFileSync(join(dataDir, 'im.sqlite'), 'once upon a time there was a text that was no database. '.repeat(100));
    await assert.rejects(openStorage({ dataDir }), { name: 'StorageOpenError', message: /not a database/ });
    rmSync(join(dataDir, 'im.sqlite'));
    await (await openStorage({ dataDir })).close();
  });
});

/** Writes until nothing goes in any more; then, with room again, everything that was refused goes in, once. */
async function fillAndRecover(storage: Storage, conversation: number, from: string, makeRoom: () => void) {
  const messages = Array.from({ length: 1_500 }, () => messageIn(conversation, from, { body: 'x'.repeat(4_000) }));
  const results = await Promise.allSettled(messages.map((message) => storage.append(message)));
  const stored = results.filter(({ status }) => status === 'fulfilled').length;
  assert.ok(stored < messages.length, 'it never became full');
  for (const result of results) if (result.status === 'rejected') assert.ok(result.reason instanceof StorageBusyError);
  // What was stored stays readable.
  assert.equal((await storage.messages(conversation, 1, 2_000)).length, stored);

  makeRoom();
  const again = await Promise.all(messages.map((message) => storage.append(message)));
  assert.equal(again.filter(({ dup }) => dup).length, stored);
  const log = await storage.messages(conversation, 1, 2_000);
  assert.deepEqual(
    log.map(({ seq }) => seq),
    messages.map((_, i) => i + 1),
  );
}

/** A disk of 32 MB. The right to mount one is not everybody's: without it the case about a store that may not grow stands alone. */
async function onSmallDisk(work: (disk: string) => Promise<void>): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), 'im-disk-'));
  try {
    system('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]);
  } catch (error) {
    console.error(`\n*** NO SMALL DISK: a disk that is full was not tried (${String(error)}) ***\n`);
    return rmSync(disk, { recursive: true });
  }
  try {
    await work(disk);
  } finally {
    system('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  }
}

function system(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'pipe' });
}
