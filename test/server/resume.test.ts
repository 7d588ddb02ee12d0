import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ServerFrame, ServerFrameOf } from '../../src/protocol/frames.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';

type Point = { epoch?: string; u?: number; heads?: [string, number][] };

const fast = { perSecond: 1e6, burst: 1e6 };

async function start(t: TestContext): Promise<ChatServer> {
  return ChatServer.start(t, { tuning: { sendsPerConnection: fast, sendsPerAccount: fast, frames: fast } });
}

async function fill(client: WireClient, cid: string, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, i) => client.text(cid, `${i + 1}`)));
}

const epochOf = (client: WireClient): string => client.all.find((frame) => frame.t === 'welcome')!.epoch;

/** Connects with a cursor and gives what came up to `synced`. */
async function resume(server: ChatServer, account: string, epoch: string, point: Point | undefined) {
  const client = await server.open();
  const cursor = point && { resume: { epoch, u: 0, heads: [], ...point } };
  client.hello({ account, token: await server.token(account), ...cursor });
  await client.expect('synced');
  return { client, frames: [...client.all] };
}

const syncs = (frames: readonly ServerFrame[]) =>
  frames.filter((frame): frame is ServerFrameOf<'sync'> => frame.t === 'sync');
const rangesOf = (frames: readonly ServerFrame[]) =>
  syncs(frames).map(({ conversation, from, to, gap, events }) => [
    conversation.id,
    from,
    to,
    gap === true,
    events.length,
  ]);

describe('a resume', () => {
  it('gives exactly what was missed, between welcome and synced', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob', 'carol');
    await fill(alice, 'p2p-bob', 10);
    await fill(alice, 'p2p-carol', 3);
    const epoch = epochOf(bob);
    const { frames } = await resume(server, 'bob', epoch, { heads: [['p2p-alice', 6]] });
    assert.deepEqual(
      frames.map((frame) => frame.t),
      ['welcome', 'sync', 'synced'],
    );
    const [sync] = syncs(frames);
    assert.deepEqual(
      [sync!.from, sync!.to, sync!.gap, sync!.events.map((event) => event.kind === 'message' && event.message.content)],
      [7, 10, undefined, ['7', '8', '9', '10']],
    );
    assert.deepEqual([sync!.conversation.unread, sync!.conversation.lastSeq], [10, 10]);
    const one = await resume(server, 'bob', epoch, { heads: [['p2p-alice', 9]] });
    assert.deepEqual(rangesOf(one.frames), [['p2p-alice', 10, 10, false, 1]]);
    const none = await resume(server, 'bob', epoch, { heads: [['p2p-alice', 10]] });
    assert.deepEqual(
      none.frames.map((frame) => frame.t),
      ['welcome', 'synced'],
    );
  });

  it('starts a new client with the newest 20 of each conversation, newest conversation first', async (t) => {
    const server = await start(t);
    const [alice] = await server.connectAll('alice', 'bob', 'carol');
    await fill(alice, 'p2p-bob', 5);
    await fill(alice, 'p2p-carol', 50);
    const { frames } = await resume(server, 'alice', '', undefined);
    assert.deepEqual(rangesOf(frames), [
      ['p2p-carol', 31, 50, true, 20],
      ['p2p-bob', 1, 5, false, 5],
    ]);
  });

  it('F37: leaves a hole of more than 300 events to be filled later', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 310);
    const exactly = await resume(server, 'bob', epochOf(bob), { heads: [['p2p-alice', 10]] });
    assert.deepEqual(rangesOf(exactly.frames), [['p2p-alice', 11, 310, false, 300]]);
    const more = await resume(server, 'bob', epochOf(bob), { heads: [['p2p-alice', 9]] });
    assert.deepEqual(rangesOf(more.frames), [['p2p-alice', 291, 310, true, 20]]);
  });

  it('F28: starts anew a client of another history, or ahead of this one', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 3);
    const epoch = epochOf(bob);
    const foreign: Point[] = [
      { epoch: 'another', heads: [['p2p-alice', 2]] },
      { heads: [['p2p-alice', 4]] },
      { heads: [['p2p-alice', Number.MAX_SAFE_INTEGER]] },
      {
        heads: [
          ['p2p-alice', 2],
          ['p2p-carol', 1],
        ],
      },
      { u: 99, heads: [['p2p-alice', 3]] },
    ];
    for (const point of foreign) {
      const { frames } = await resume(server, 'bob', epoch, point);
      assert.deepEqual(
        frames.map((frame) => frame.t),
        ['welcome', 'reset', 'sync', 'synced'],
        JSON.stringify(point),
      );
      assert.deepEqual(rangesOf(frames), [['p2p-alice', 1, 3, false, 3]]);
    }
  });

  it('F37: refuses cursors that no client of ours would send', async (t) => {
    const server = await start(t);
    const bob = await server.connect('bob');
    const many = Array.from({ length: 201 }, (_, i) => [`p2p-a${i}`, 1]);
    for (const heads of [[['p2p-alice', -1]], [['p2p-alice', 2 ** 53]], [['__proto__', 1]], [['p2p-alice']], many]) {
      const client = await server.open();
      const hello = { t: 'hello', v: 1, account: 'bob', device: 'd', tab: 't', token: await server.token('bob') };
      client.sendRaw(JSON.stringify({ ...hello, resume: { epoch: epochOf(bob), u: 0, heads } }));
      assert.equal((await client.expect('bye')).code, 4400);
    }
  });

  it('tells of markers and settings that changed meanwhile, by the account’s u', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 2);
    const before = await resume(server, 'alice', epochOf(alice), { heads: [['p2p-bob', 2]] });
    assert.deepEqual(rangesOf(before.frames), []);
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 2 });
    await bob.expect('user');
    const after = await resume(server, 'alice', epochOf(alice), { heads: [['p2p-bob', 2]] });
    assert.deepEqual(rangesOf(after.frames), [['p2p-bob', 3, 2, false, 0]]);
    assert.equal(syncs(after.frames)[0]!.conversation.peerReadSeq, 2);
    const { u } = after.frames.find((frame) => frame.t === 'synced')!;
    assert.equal(u, 1);
    const again = await resume(server, 'alice', epochOf(alice), { u, heads: [['p2p-bob', 2]] });
    assert.deepEqual(rangesOf(again.frames), []);
  });

  it('tells once what happens between its steps, and nothing before its place', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 3);
    const { views, messages } = storage;
    storage.views = async (...args) => {
      storage.views = views;
      await alice.text('p2p-bob', 'after the subscription, before the views');
      return views(...args);
    };
    storage.messages = async (...args) => {
      storage.messages = messages;
      await alice.text('p2p-bob', 'after the views, before the log');
      return messages(...args);
    };
    const { client } = await resume(server, 'bob', epochOf(bob), { heads: [['p2p-alice', 1]] });
    assert.equal((await client.expect('event')).event.seq, 5);
    await client.rest('event');
    const told = client.all.map((frame): unknown => {
      if (frame.t === 'sync') return frame.events.map(({ seq }) => seq);
      return frame.t === 'event' ? frame.event.seq : frame.t;
    });
    assert.deepEqual(told.slice(0, 4), ['welcome', [2, 3, 4], 'synced', 5]);
    assert.deepEqual(await client.rest('event'), []);
  });

  it('loses and repeats nothing while others go on writing', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 50);
    for (let round = 0; round < 10; round++) {
      const writing = fill(alice, 'p2p-bob', 20);
      const { client, frames } = await resume(server, 'bob', epochOf(bob), { heads: [['p2p-alice', 40]] });
      await writing;
      const end = 50 + (round + 1) * 20;
      const seqs = syncs(frames).flatMap((sync) => sync.events.map((event) => event.seq));
      while (seqs.at(-1)! < end) seqs.push((await client.expect('event')).event.seq);
      assert.deepEqual(
        seqs,
        Array.from({ length: end - 40 }, (_, i) => 41 + i),
      );
      await client.close();
    }
  });

  it('F37: reaches conversations beyond the newest 200 that the client names', async (t) => {
    const server = await start(t);
    const alice = await server.connect('alice');
    const accounts = Array.from({ length: 203 }, (_, i) => `friend-${i}`);
    for (const account of accounts) await (await server.connect(account)).close();
    for (const account of accounts) await alice.text(`p2p-${account}`, 'x');
    const { frames } = await resume(server, 'alice', epochOf(alice), {
      heads: [
        ['p2p-friend-0', 0],
        ['p2p-friend-1', 1],
      ],
    });
    assert.equal(frames.find((frame) => frame.t === 'synced')!.more, true);
    const named = rangesOf(frames).map(([id]) => id);
    assert.ok(named.includes('p2p-friend-0') && !named.includes('p2p-friend-1'));
    assert.ok(named.length >= 200);
  });

  it('survives a restart of the server', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await fill(alice, 'p2p-bob', 4);
    const epoch = epochOf(bob);
    await server.restart();
    const { frames } = await resume(server, 'bob', epoch, { heads: [['p2p-alice', 1]] });
    assert.deepEqual(rangesOf(frames), [['p2p-alice', 2, 4, false, 3]]);
  });
});
