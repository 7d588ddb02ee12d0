import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFrameOf, ServerFrameOf } from '../../src/protocol/frames.js';
import { isWellFormed } from '../../src/protocol/model.js';
import { ChatServer } from '../helpers/chat-server.js';
import { hostileStrings } from '../helpers/hostile-strings.js';
import type { WireClient } from '../helpers/wire-client.js';

type Ask = Partial<Omit<ClientFrameOf<'search'>, 't' | 'r' | 'q'>>;
const freely = { searchesPerAccount: { perSecond: 1e6, burst: 1e6 } };

async function find(client: WireClient, q: string, ask: Ask = {}): Promise<ServerFrameOf<'found'>> {
  client.send({ t: 'search', r: 7, q, limit: 20, ...ask });
  return client.expect('found');
}
const texts = ({ hits }: ServerFrameOf<'found'>): (string | undefined)[] =>
  hits.map(({ event }) => (event.kind === 'message' ? event.message.content : undefined));

describe('a search', () => {
  it('finds what was said a moment ago, with its place, and in one conversation only where that is asked', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob', 'carol');
    for (let i = 1; i <= 30; i++) await alice.text('p2p-bob', `number ${i} 好天气`);
    await alice.text('p2p-carol', 'number for carol');
    const found = await find(alice, 'number');
    assert.equal(found.hits.length, 20);
    assert.equal(found.more, true);
    assert.equal(found.hits[0]!.cid, 'p2p-carol');
    assert.deepEqual([found.hits[1]!.cid, found.hits[1]!.event.seq], ['p2p-bob', 30]);
    const last = found.hits.at(-1)!.event;
    const rest = await find(alice, 'number', { before: last.kind === 'message' ? last.message.time : 0 });
    assert.equal(rest.more, false);
    assert.equal(new Set([...texts(found), ...texts(rest)]).size, 31);
    assert.deepEqual(texts(await find(alice, 'number', { cid: 'p2p-carol' })), ['number for carol']);
    const bobs = await find(bob, '天气', { limit: 1 });
    assert.deepEqual([bobs.hits[0]!.cid, texts(bobs)], ['p2p-alice', ['number 30 好天气']]);
    assert.deepEqual((await find(alice, '天好')).hits, []);
  });

  it('gives nobody what others have said', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
    await alice.text('p2p-bob', 'the password is swordfish https://example.org');
    await bob.text('p2p-alice', 'swordfish it is');
    for (const q of ['swordfish', 'password', 's', '1:swordfish']) assert.deepEqual((await find(eve, q)).hits, [], q);
    assert.deepEqual((await find(eve, 'swordfish', { cid: 'p2p-alice' })).hits, []);
    assert.deepEqual((await find(eve, 'swordfish', { cid: 'p2p-bob' })).hits, []);
    for (const cid of ['p2p-alice', 'p2p-bob']) {
      eve.send({ t: 'media', r: 8, cid, kind: 'links', limit: 10 });
      assert.deepEqual((await eve.expect('found')).hits, []);
      eve.send({ t: 'seek', r: 9, cid, time: 0 });
      assert.equal((await eve.expect('place')).seq, 1);
    }
    eve.send({ t: 'search', r: 10, q: 'swordfish', cid: 'group-7', limit: 10 });
    assert.equal((await eve.expect('error')).code, 404);
    assert.equal((await find(alice, 'swordfish')).hits.length, 2);
  });

  it('names people whom one knows, and a stranger only by the whole name', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob', 'barbara', 'bert');
    await alice.text('p2p-bob', 'hello');
    const names = async (q: string): Promise<string[]> => (await find(alice, q)).people.map(({ account }) => account);
    assert.deepEqual(await names('b'), ['bob']);
    assert.deepEqual(await names('bar'), []);
    assert.deepEqual(await names(' Barbara '), ['barbara']);
    assert.deepEqual(await names('alice'), []);
    assert.deepEqual(
      (await find(alice, 'bo')).conversations.map(({ id }) => id),
      ['p2p-bob'],
    );
  });

  it('takes whatever is searched for as words', async (t) => {
    const server = await ChatServer.start(t, { tuning: freely });
    const [alice] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', 'plain words');
    for (const q of [...hostileStrings, '"', "'", '" OR "a', "':*", 'a & !b', '((', '\\', '*', ' ', '']) {
      const short = q.slice(0, 200);
      if (!isWellFormed(short) || short.includes('\0')) continue;
      await find(alice, short);
    }
    alice.send({ t: 'search', r: 1, q: 'x'.repeat(201), limit: 5 });
    assert.equal((await alice.expect('error')).code, 414);
    assert.deepEqual(texts(await find(alice, 'plain')), ['plain words']);
  });

  it('is limited in its rate, by account', async (t) => {
    const server = await ChatServer.start(t, { tuning: { searchesPerAccount: { perSecond: 0.001, burst: 3 } } });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const second = await server.connect('alice');
    for (const client of [alice, second, alice]) await find(client, 'x');
    for (const client of [alice, second]) {
      client.send({ t: 'search', r: 3, q: 'x', limit: 5 });
      const error = await client.expect('error');
      assert.equal(error.code, 416);
      assert.ok(error.afterMs! > 0);
      client.send({ t: 'media', r: 4, cid: 'p2p-bob', kind: 'media', limit: 5 });
      assert.equal((await client.expect('error')).code, 416);
    }
    await find(bob, 'x');
  });

  it('finds after a restart what a crash left unindexed', async (t) => {
    // So slow that it never comes to it by itself.
    const server = await ChatServer.start(t, { tuning: { indexMs: 1e9 } });
    const [alice] = await server.connectAll('alice', 'bob');
    for (let i = 0; i < 5; i++) await alice.text('p2p-bob', `left ${i}`);
    await server.restart();
    const again = await server.connect('alice');
    assert.equal((await find(again, 'left')).hits.length, 5);
  });

  it('keeps settings for the other devices of the account', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const phone = await server.connect('alice');
    await bob.text('p2p-alice', 'hello');
    alice.send({ t: 'settings', r: 2, cid: 'p2p-bob', hidden: true, markedUnread: true });
    const told = await phone.expect('user', ({ event }) => event.kind === 'conversation');
    assert.ok(told.event.kind === 'conversation');
    assert.equal(told.event.conversation.hidden, true);
    assert.equal(told.event.conversation.markedUnread, true);
    alice.send({ t: 'read', cid: 'p2p-bob', seq: 1 });
    await phone.expect('user', ({ event }) => event.kind === 'read');
    await bob.text('p2p-alice', 'are you there?');
    alice.send({ t: 'conversation', r: 3, cid: 'p2p-bob' });
    const { conversation } = await alice.expect('conversation', ({ r }) => r === 3);
    assert.deepEqual([conversation.hidden, conversation.markedUnread], [undefined, undefined]);
  });
});
