import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFrameOf, ServerFrameOf } from '../../src/protocol/frames.js';
import { ChatServer } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';

async function fill(client: WireClient, cid: string, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, i) => client.text(cid, `message ${i + 1}`)));
}

async function page(client: WireClient, ask: Omit<ClientFrameOf<'get'>, 't' | 'r'>): Promise<ServerFrameOf<'page'>> {
  client.send({ t: 'get', r: 5, ...ask });
  return client.expect('page');
}

describe('a page of history', () => {
  it('covers what it says it covers, and no more than the log has', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const cid = 'p2p-bob';
    await fill(alice, cid, 120);
    const cases: [Omit<ClientFrameOf<'get'>, 't' | 'r' | 'cid'>, number, number][] = [
      [{}, 71, 120],
      [{ limit: 10 }, 111, 120],
      [{ limit: 300 }, 1, 120],
      [{ before: 50, limit: 10 }, 40, 49],
      [{ before: 5, limit: 10 }, 1, 4],
      [{ before: 1 }, 1, 0],
      [{ before: 0 }, 1, 0],
      [{ before: 10_000, limit: 2 }, 119, 120],
      [{ from: 3, to: 7 }, 3, 7],
      [{ from: 100, to: 500 }, 100, 120],
      [{ from: 100 }, 100, 120],
      [{ from: 10, limit: 5 }, 10, 14],
      [{ from: 121, to: 130 }, 121, 120],
      [{ from: 500, to: 600 }, 121, 120],
      [{ from: 0, to: 2 }, 1, 2],
      [{ to: 3 }, 1, 3],
      [{ from: 7, to: 3 }, 7, 3],
    ];
    for (const [ask, from, to] of cases) {
      const got = await page(alice, { cid, ...ask });
      const what = JSON.stringify(ask);
      assert.deepEqual([got.cid, got.from, got.to, got.head], [cid, from, to, 120], what);
      assert.deepEqual(
        got.events.map((event) => event.seq),
        Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i),
        what,
      );
    }
    assert.equal((await page(bob, { cid: 'p2p-alice' })).head, 120);
  });

  it('is at most 300 events, and empty where nothing was said', async (t) => {
    const server = await ChatServer.start(t, {
      tuning: { sendsPerConnection: { perSecond: 1e6, burst: 1e6 }, sendsPerAccount: { perSecond: 1e6, burst: 1e6 } },
    });
    const [alice] = await server.connectAll('alice', 'bob', 'carol');
    await fill(alice, 'p2p-bob', 310);
    const got = await page(alice, { cid: 'p2p-bob', from: 1, to: 310 });
    assert.deepEqual([got.from, got.to, got.head, got.events.length], [1, 300, 310, 300]);
    const empty = await page(alice, { cid: 'p2p-carol' });
    assert.deepEqual([empty.from, empty.to, empty.head, empty.events], [1, 0, 0, []]);
  });
});

describe('the list of conversations', () => {
  it('is newest first, in pages, with what each row shows', async (t) => {
    const server = await ChatServer.start(t);
    const others = Array.from({ length: 7 }, (_, i) => `friend-${i}`);
    const [alice] = await server.connectAll('alice', ...others);
    for (const other of others) await alice.text(`p2p-${other}`, `hello ${other}`);
    const seen: string[] = [];
    let before: number | undefined;
    for (let more = true; more;) {
      alice.send({ t: 'list', r: 1, limit: 3, ...(before !== undefined && { before }) });
      const list = await alice.expect('list');
      seen.push(...list.items.map((item) => item.id));
      before = list.items.at(-1)!.updateTime;
      more = list.more;
    }
    assert.deepEqual(
      [...seen].sort(),
      others.map((other) => `p2p-${other}`),
    );
    const newest = await server.connect(others.at(-1)!);
    newest.send({ t: 'list', r: 2, limit: 10 });
    const [item] = (await newest.expect('list')).items;
    assert.deepEqual(
      [item!.id, item!.unread, item!.readSeq, item!.lastSeq, item!.lastMsg?.content, item!.pinned, item!.muted],
      ['p2p-alice', 1, 0, 1, 'hello friend-6', false, false],
    );
  });
});

describe('one conversation', () => {
  it('is known before anything was said, by the other one’s name', async (t) => {
    const server = await ChatServer.start(t, { demo: true });
    const carol = await server.connect('carol');
    carol.send({ t: 'conversation', r: 9, cid: 'p2p-alice' });
    const { r, conversation } = await carol.expect('conversation');
    assert.deepEqual([r, conversation.id, conversation.name, conversation.lastSeq], [9, 'p2p-alice', 'Alice', 0]);
    carol.send({ t: 'users', r: 10, accounts: ['bob', 'carol', 'nobody', 'bob'] });
    const { users } = await carol.expect('users');
    assert.deepEqual(
      users.sort((a, b) => (a.account < b.account ? -1 : 1)),
      [{ account: 'bob', name: 'Bob' }, { account: 'carol' }],
    );
  });

  it('keeps a member’s own settings, and tells that member’s other connections', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, phone, bob] = await server.connectAll('alice', 'alice', 'bob');
    alice.send({ t: 'settings', r: 1, cid: 'p2p-bob', pinned: true });
    assert.equal((await alice.expect('error')).code, 404, 'nothing was said there yet');
    await alice.text('p2p-bob', 'x');
    alice.send({ t: 'settings', r: 2, cid: 'p2p-bob', pinned: true, custom: '{"colour":"red"}' });
    const { conversation } = await alice.expect('conversation');
    assert.deepEqual([conversation.pinned, conversation.muted, conversation.custom], [true, false, '{"colour":"red"}']);
    const { event } = await phone.expect('user');
    assert.ok(event.kind === 'conversation' && event.u === 1 && event.conversation.pinned);
    phone.send({ t: 'settings', r: 3, cid: 'p2p-bob', muted: true });
    assert.deepEqual((await phone.expect('conversation')).conversation.custom, '{"colour":"red"}');
    assert.deepEqual(await bob.rest('user'), []);
    bob.send({ t: 'conversation', r: 4, cid: 'p2p-alice' });
    assert.equal((await bob.expect('conversation')).conversation.pinned, false);
  });
});
