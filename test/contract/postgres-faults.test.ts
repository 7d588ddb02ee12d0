import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { connect } from '../../src/server/storage/postgres/pool.js';
import { PostgresDriver } from '../../src/server/storage/postgres/postgres-driver.js';
import { StorageBusyError, StorageOpenError, type Storage } from '../../src/server/storage/storage.js';
import type { PostgresServer } from '../helpers/postgres.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { describePostgres } from './helpers/stores.js';
import { messageIn, say, startTalk } from './helpers/talk.js';

describePostgres('PostgreSQL, when things go wrong', (server) => {
  it('is set up once by nodes that start at the same time', async () => {
    const databaseUrl = server.url(await server.createDatabase());
    const nodes = await Promise.all(Array.from({ length: 5 }, () => openStorage({ databaseUrl })));
    assert.equal(new Set(nodes.map(({ epoch }) => epoch)).size, 1);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('F32: numbers what two nodes store at the same time, each message once', async () => {
    const databaseUrl = server.url(await server.createDatabase());
    const [one, two] = await Promise.all([openStorage({ databaseUrl }), openStorage({ databaseUrl })]);
    const talks = await Promise.all(Array.from({ length: 6 }, () => startTalk(one)));
    const messages = Array.from({ length: 1_200 }, (_, i) => {
      const { alice, bob, conversation } = talks[i % talks.length]!;
      return messageIn(conversation, i % 2 ? alice : bob);
    });
    // Both store all of them, from opposite ends, so that they meet.
    const results = await Promise.all([
      ...messages.map((message) => one.append(message)),
      ...[...messages].reverse().map((message) => two.append({ ...message })),
    ]);
    assert.equal(results.filter(({ dup }) => !dup).length, messages.length);
    for (const { conversation } of talks)
      assert.deepEqual(
        await seqs(one, conversation),
        Array.from({ length: 200 }, (_, i) => i + 1),
      );
    await Promise.all([one.close(), two.close()]);
  });

  it('F31: says that it is busy when its connections are cut, and goes on with new ones', async () => {
    const database = await server.createDatabase();
    const storage = await openStorage({ databaseUrl: server.url(database) });
    const { alice, conversation } = await startTalk(storage);
    const messages = Array.from({ length: 1_500 }, () => messageIn(conversation, alice));
    const early = await Promise.all(messages.slice(0, 500).map((message) => storage.append(message)));
    const { held } = await holdMessages(server, database);
    const settled = Promise.allSettled(messages.slice(500).map((message) => storage.append(message)));
    await until(server, database, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    await terminate(server, database);
    await assert.rejects(held);

    const results = await settled;
    const failures = results.filter((result) => result.status === 'rejected');
    assert.ok(failures.length > 0, 'nothing was cut');
    for (const { reason } of failures) assert.ok(reason instanceof StorageBusyError);

    const again = await Promise.all(messages.map((message) => storage.append(message)));
    assert.deepEqual(
      again.slice(0, 500),
      early.map((first) => ({ ...first, dup: true })),
    );
    for (const [i, result] of results.entries()) assert.equal(again[500 + i]!.dup, result.status === 'fulfilled');
    assert.deepEqual(
      await seqs(storage, conversation),
      messages.map((_, i) => i + 1),
    );
    await storage.close();
  });

  it('F29: answers a repeat rightly when the connection was lost during the commit', async () => {
    const database = await server.createDatabase();
    const proxy = await TcpProxy.start(server.port);
    const storage = await openStorage({ databaseUrl: server.url(database, proxy.port) });
    const { alice, conversation } = await startTalk(storage);
    const message = messageIn(conversation, alice);

    proxy.set({ blackhole: true }, ['down']);
    const unknown = storage.append(message);
    unknown.catch(() => {});
    await until(server, database, 'SELECT 1 FROM im_message');
    proxy.heal();
    await assert.rejects(unknown, StorageBusyError);

    const again = await storage.append({ ...message, id: 'another' });
    assert.deepEqual(again, { id: message.id, seq: 1, n: 1, time: message.time, dup: true });
    assert.deepEqual(await seqs(storage, conversation), [1]);
    await storage.close();
    await proxy.close();
  });

  it('says that it is busy while the server cannot be reached, whatever is asked', async () => {
    const proxy = await TcpProxy.start(server.port);
    const storage = await openStorage({ databaseUrl: server.url(await server.createDatabase(), proxy.port) });
    const { alice, bob, conversation } = await startTalk(storage);
    await say(storage, conversation, alice, 2);
    proxy.refuse();
    const asked = [
      () => storage.check(),
      () => storage.append(messageIn(conversation, alice)),
      () => storage.views(alice, { limit: 5 }),
      () => storage.markRead(bob, conversation, 1),
    ];
    for (const ask of asked) await assert.rejects(ask, StorageBusyError);
    proxy.heal();
    await storage.check();
    assert.equal((await storage.markRead(bob, conversation, 1))?.u, 1);
    assert.equal((await storage.append(messageIn(conversation, alice))).seq, 3);
    await storage.close();
    await proxy.close();
  });

  it('F31: outlives a connection that is cut between two statements', async () => {
    const database = await server.createDatabase();
    const pool = connect({ connectionString: server.url(database) });
    const driver = new PostgresDriver(pool);
    const cut = driver.transaction(async (sql) => {
      await sql.query('SELECT 1');
      await terminate(server, database);
      await until(server, 'postgres', `SELECT 1 WHERE NOT EXISTS (${connectionsTo(database)})`);
      await sql.query('SELECT 2');
    });
    await assert.rejects(cut, StorageBusyError);
    assert.deepEqual(await driver.query('SELECT 3::bigint AS three'), [{ three: 3 }]);
    await pool.end();
  });

  it('F31: gives up a statement that takes too long', async () => {
    const database = await server.createDatabase();
    const storage = await openStorage({ databaseUrl: `${server.url(database)}?statement_timeout=200` });
    const { alice, conversation } = await startTalk(storage);
    const message = messageIn(conversation, alice);
    const { held } = await holdMessages(server, database);
    await assert.rejects(storage.append(message), StorageBusyError);
    await terminate(server, database);
    await assert.rejects(held);
    assert.deepEqual((await storage.append(message)).seq, 1);
    await storage.close();
  });

  it('says what is wrong with the address, without the password', async () => {
    const refused = async (databaseUrl: string, words: RegExp) => {
      await assert.rejects(openStorage({ databaseUrl }), (error) => {
        assert.ok(error instanceof StorageOpenError);
        assert.match(error.message, /^DATABASE_URL: the database /);
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /swordfish|\n/);
        return true;
      });
    };
    await refused('postgres://im:swordfish@127.0.0.1:1/im', /127\.0\.0\.1:1\/im cannot be used .*ECONNREFUSED/);
    await refused(`postgres://postgres:swordfish@127.0.0.1:${server.port}/nowhere`, /"nowhere" does not exist/);
    await refused('swordfish', /not a URL/);
    await server.query('postgres', "CREATE DATABASE narrow ENCODING 'SQL_ASCII' TEMPLATE template0");
    await refused(server.url('narrow'), /encoding SQL_ASCII/);
  });
});

async function seqs(storage: Storage, conversation: number): Promise<number[]> {
  return (await storage.messages(conversation, 1, 10_000)).map(({ seq }) => seq);
}

/** Keeps everybody from writing messages until its connection is terminated; then `held` rejects. */
async function holdMessages(server: PostgresServer, database: string): Promise<{ held: Promise<unknown> }> {
  const held = server.query(database, 'DO $$ BEGIN LOCK im_message; PERFORM pg_sleep(600); END $$');
  held.catch(() => {});
  await until(
    server,
    database,
    "SELECT 1 FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' AND relation = 'im_message'::regclass",
  );
  return { held };
}

/** Asks until there is a row. */
async function until(server: PostgresServer, database: string, text: string): Promise<void> {
  while ((await server.query(database, text)).length === 0);
}

/** Ends every connection to the database, as an administrator does. */
function terminate(server: PostgresServer, database: string): Promise<unknown> {
  return server.query('postgres', `SELECT pg_terminate_backend(pid) FROM (${connectionsTo(database)}) those`);
}

function connectionsTo(database: string): string {
  return `SELECT pid FROM pg_stat_activity WHERE datname = '${database}'`;
}
