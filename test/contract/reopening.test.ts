import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStorage, type StorageOptions } from '../../src/server/storage/open-storage.js';
import { openFile } from '../../src/server/storage/sqlite/database.js';
import { StorageBusyError, StorageOpenError } from '../../src/server/storage/storage.js';
import { describePostgres, temporaryDirectory } from './helpers/stores.js';
import { messageIn, say, startTalk, unique } from './helpers/talk.js';

const newerSchema = "UPDATE im_meta SET value = '99' WHERE name = 'version'";

function reopens(open: () => Promise<{ options: StorageOptions; execute: (text: string) => Promise<unknown> }>): void {
  it('has after a restart what it had before, and is the same history', async () => {
    const { options } = await open();
    const first = await openStorage(options);
    const { alice, bob, conversation } = await startTalk(first);
    await say(first, conversation, alice, 3);
    await first.markRead(bob, conversation, 2);
    const [log, view] = [await first.messages(conversation, 1, 9), await first.view(bob, conversation)];
    await first.close();

    const second = await openStorage(options);
    assert.equal(second.epoch, first.epoch);
    assert.deepEqual(await second.messages(conversation, 1, 9), log);
    assert.deepEqual(await second.view(bob, conversation), view);
    assert.equal((await second.append(messageIn(conversation, bob))).seq, 4);
    await second.close();
  });

  it('stores what is under way before it closes, and nothing after', async () => {
    const { options } = await open();
    const storage = await openStorage(options);
    const { alice, conversation } = await startTalk(storage);
    const underWay = say(storage, conversation, alice, 1_200);
    await Promise.all([storage.close(), storage.close()]);
    assert.equal((await underWay).at(-1)?.seq, 1_200);
    await assert.rejects(storage.append(messageIn(conversation, alice)), StorageBusyError);
    await assert.rejects(storage.check(), StorageBusyError);
  });

  it('leaves alone what a later version has written', async () => {
    const { options, execute } = await open();
    await (await openStorage(options)).close();
    await execute(newerSchema);
    await assert.rejects(openStorage(options), (error) => {
      assert.ok(error instanceof StorageOpenError);
      assert.match(error.message, /schema 99, this program knows \d+: start the newer/);
      return true;
    });
  });
}

describe('SQLite, opened again', () => {
  reopens(async () => {
    const dataDir = await temporaryDirectory();
    return { options: { dataDir }, execute: (text) => Promise.resolve(executeIn(join(dataDir, 'im.sqlite'), text)) };
  });

  it('F28: copies itself while it is written to, and the copy is a history of its own', async () => {
    const dataDir = await temporaryDirectory();
    const storage = await openStorage({ dataDir });
    const { alice, conversation } = await startTalk(storage);
    const before = await say(storage, conversation, alice, 400);
    const during = say(storage, conversation, alice, 2_000);
    await storage.backup!(join(dataDir, "it's a copy"));
    await during;
    await assert.rejects(storage.backup!(join(dataDir, "it's a copy")), /exists already/);
    await assert.rejects(storage.backup!(join(dataDir, 'no', 'such', 'place')));
    await storage.close();

    const epochs = new Set([storage.epoch]);
    for (const name of ['first', 'second']) {
      await mkdir(join(dataDir, name));
      await copyFile(join(dataDir, "it's a copy"), join(dataDir, name, 'im.sqlite'));
      const restored = await openStorage({ dataDir: join(dataDir, name) });
      epochs.add(restored.epoch);
      const log = await restored.messages(conversation, 1, 5_000);
      assert.ok(log.length >= before.length);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        log.map((_, i) => i + 1),
      );
      assert.equal((await restored.append(messageIn(conversation, alice))).seq, log.length + 1);
      await restored.close();
    }
    assert.equal(epochs.size, 3);
    assert.deepEqual(
      (await readdir(dataDir)).filter((name) => name.includes('.part')),
      [],
    );
  });

  it('leaves no log for the next start to go through', async () => {
    const dataDir = await temporaryDirectory();
    const storage = await openStorage({ dataDir });
    const { alice, conversation } = await startTalk(storage);
    await say(storage, conversation, alice, 500);
    await storage.close();
    // Empty, or gone: that is up to when SQLite lets go of it.
    const log = await stat(join(dataDir, 'im.sqlite-wal')).catch(() => undefined);
    assert.equal(log?.size ?? 0, 0);
  });

  it('makes its directory, however deep', async () => {
    const dataDir = join(await temporaryDirectory(), 'a', 'b');
    const storage = await openStorage({ dataDir });
    await storage.ensureAccount(unique('ann'));
    await storage.close();
  });
});

describePostgres('PostgreSQL, opened again', (server) => {
  reopens(async () => {
    const database = await server.createDatabase();
    return { options: { databaseUrl: server.url(database) }, execute: (text) => server.query(database, text) };
  });
});

function executeIn(file: string, text: string): void {
  const db = openFile(file);
  // The store's thread may be about to let go of the file.
  db.exec('PRAGMA busy_timeout = 5000');
  db.exec(text);
  db.close();
}
