import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ClientFrameOf, ServerFrameOf } from '../../src/protocol/frames.js';
import type { LogEvent } from '../../src/protocol/model.js';
import type { ServerOptions } from '../../src/server/server-options.js';
import { ChatServer } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';
import type { WireClient } from '../helpers/wire-client.js';

type Act = Partial<ClientFrameOf<'act'>> & Pick<ClientFrameOf<'act'>, 'act'>;
type Stored = { seq: number; id: string };

async function people(t: TestContext, options: Partial<ServerOptions> = {}) {
  const clock = new ServerClock();
  const server = await ChatServer.start(t, { clock, ...options });
  const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
  return { server, clock, alice, bob, eve };
}
async function say(client: WireClient, cid: string, content: string): Promise<Stored> {
  const ack = await client.text(cid, content);
  assert.ok(ack.t === 'ack');
  return { seq: ack.seq, id: ack.id };
}
function act(client: WireClient, cid: string, { seq, id }: Stored, what: Act) {
  const idClient = what.idClient ?? crypto.randomUUID();
  client.send({ t: 'act', cid, target: seq, id, ...what, idClient });
  return client.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
}
const codeOf = async (answer: Promise<ServerFrameOf<'ack' | 'nack'>>): Promise<number> => {
  const found = await answer;
  return found.t === 'nack' ? found.code : 200;
};
async function page(client: WireClient, cid: string): Promise<LogEvent[]> {
  client.send({ t: 'get', r: 9, cid });
  return (await client.expect('page')).events;
}
const react: Act = { act: 'react', emoji: '👍', on: true };

describe('an act on a message', () => {
  it('is acked, told to everybody, and in every page from then on', async (t) => {
    const { server, alice, bob } = await people(t);
    const phone = await server.connect('alice');
    const first = await say(alice, 'p2p-bob', 'hello');
    for (const client of [bob, phone]) await client.expect('event');
    const ack = await act(alice, 'p2p-bob', first, { act: 'edit', content: 'hi', mentions: ['bob'] });
    assert.ok(ack.t === 'ack');
    assert.deepEqual([ack.seq, ack.n, ack.dup], [2, 0, undefined]);
    const expected = { kind: 'edit', seq: 2, target: 1, by: 'alice', time: ack.time, content: 'hi', mentions: ['bob'] };
    assert.deepEqual((await bob.expect('event')).event, expected);
    assert.deepEqual((await phone.expect('event')).event, expected);
    assert.deepEqual(await alice.rest('event'), [], 'the ack is the sender’s event');
    await act(bob, 'p2p-alice', first, react);
    assert.deepEqual((await alice.expect('event')).event, {
      ...{ kind: 'reaction', seq: 3, target: 1, account: 'bob', emoji: '👍', on: true },
    });
    await act(bob, 'p2p-alice', first, { act: 'pin', on: true });
    const [message, ...rest] = await page(bob, 'p2p-alice');
    assert.ok(message?.kind === 'message');
    const { content, editTime, reactions, pinned, rev } = message.message;
    assert.deepEqual([content, editTime, rev], ['hi', ack.time, 4]);
    assert.deepEqual(reactions, [{ emoji: '👍', accounts: ['bob'] }]);
    assert.equal(pinned?.by, 'bob');
    assert.deepEqual(
      rest.map(({ kind }) => kind),
      ['edit', 'reaction', 'pin'],
    );
    alice.send({ t: 'pins', r: 1, cid: 'p2p-bob' });
    assert.deepEqual(
      (await alice.expect('messages')).events.map(({ seq }) => seq),
      [1],
    );
    alice.send({ t: 'edits', r: 2, cid: 'p2p-bob', seq: 1 });
    assert.deepEqual(
      (await alice.expect('edits')).edits.map((edit) => edit.content),
      ['hello', 'hi'],
    );
  });

  it('that recalls leaves a trace in pages, in lists and in a resume, and counts no more', async (t) => {
    const { server, alice, bob } = await people(t);
    const first = await say(alice, 'p2p-bob', 'a secret');
    await act(alice, 'p2p-bob', first, { act: 'edit', content: 'another secret' });
    await act(alice, 'p2p-bob', first, { act: 'recall' });
    const late = await server.open();
    late.hello({ account: 'bob', token: await server.token('bob') });
    const { conversation, events } = await late.expect('sync');
    const trace = { by: 'alice', time: conversation.lastMsg!.recalled!.time };
    assert.deepEqual([conversation.unread, conversation.lastMsg?.recalled, conversation.lastMsgSeq], [0, trace, 1]);
    assert.deepEqual(
      events.map(({ kind, seq }) => [kind, seq]),
      [
        ['message', 1],
        ['edit', 2],
        ['recall', 3],
      ],
    );
    assert.ok(!JSON.stringify([late.all, await page(bob, 'p2p-alice')]).includes('secret'));
    for (const what of [react, { act: 'pin', on: true }, { act: 'edit', content: 'x' }, { act: 'recall' }] as Act[])
      assert.equal(await codeOf(act(alice, 'p2p-bob', first, what)), 403);
  });

  it('happens once, however often it is sent', async (t) => {
    const { alice, bob } = await people(t);
    const first = await say(alice, 'p2p-bob', 'hello');
    const idClient = crypto.randomUUID();
    const acks = await Promise.all([1, 2, 3].map(() => act(bob, 'p2p-alice', first, { ...react, idClient })));
    assert.deepEqual(
      acks.map((ack) => ack.t === 'ack' && [ack.seq, ack.dup ?? false]),
      [
        [2, false],
        [2, true],
        [2, true],
      ],
    );
    assert.equal(await codeOf(act(bob, 'p2p-alice', first, { ...react, idClient, on: false })), 417);
    assert.equal(await codeOf(act(bob, 'p2p-alice', first, { ...react, idClient, emoji: '🎉' })), 417);
    assert.equal((await page(bob, 'p2p-alice')).length, 2);
  });

  it('is for members only, and tells others nothing', async (t) => {
    const { alice, eve } = await people(t);
    const first = await say(alice, 'p2p-bob', 'hello');
    for (const cid of ['p2p-alice', 'p2p-bob', 'p2p-nobody', 'group-1', 'p2p-eve']) {
      const code = await codeOf(act(eve, cid, first, react));
      assert.equal(code, cid === 'p2p-eve' ? 403 : 404, cid);
    }
    await say(eve, 'p2p-bob', 'mine');
    assert.equal(await codeOf(act(eve, 'p2p-bob', first, react)), 404, 'a place there, with an id of elsewhere');
  });

  it('is refused with a code that says why', async (t) => {
    const { clock, alice, bob } = await people(t, { features: { recallMs: 5_000, editMs: 8_000 } });
    const first = await say(alice, 'p2p-bob', 'hello');
    alice.send({
      ...{ t: 'send', idClient: crypto.randomUUID(), cid: 'p2p-bob', type: 'location' },
      location: { title: 'x', longitude: 0, latitude: 0 },
    });
    const place = await alice.expect('ack');
    const cases: [number, WireClient, string, Stored, Act][] = [
      [403, bob, 'p2p-alice', first, { act: 'recall' }],
      [403, bob, 'p2p-alice', first, { act: 'edit', content: 'x' }],
      [403, alice, 'p2p-bob', place, { act: 'edit', content: 'x' }],
      [404, alice, 'p2p-bob', { ...first, seq: 7 }, { act: 'recall' }],
      [404, alice, 'p2p-bob', { ...first, id: place.id }, { act: 'recall' }],
      [414, alice, 'p2p-bob', first, { act: 'edit', content: ' \n' }],
      [414, alice, 'p2p-bob', first, { act: 'edit' }],
      [414, alice, 'p2p-bob', first, { act: 'edit', content: 'x'.repeat(5_001) }],
      [414, alice, 'p2p-bob', first, { act: 'react', on: true }],
      [414, alice, 'p2p-bob', first, { act: 'react', emoji: 'nice', on: true }],
      [414, alice, 'p2p-bob', first, { act: 'react', emoji: '👍' }],
      [414, alice, 'p2p-bob', first, { act: 'pin' }],
    ];
    for (const [code, client, cid, target, what] of cases)
      assert.equal(await codeOf(act(client, cid, target, what)), code, JSON.stringify([code, what]));
    clock.advance(5_000);
    assert.equal(await codeOf(act(alice, 'p2p-bob', first, { act: 'recall' })), 508);
    assert.equal(await codeOf(act(alice, 'p2p-bob', first, { act: 'edit', content: 'x' })), 200);
    clock.advance(3_000);
    assert.equal(await codeOf(act(alice, 'p2p-bob', first, { act: 'edit', content: 'y' })), 508);
    assert.equal(await codeOf(act(alice, 'p2p-bob', first, react)), 200, 'a reaction has no end');
  });

  it('costs as much as a message', async (t) => {
    const rate = { perSecond: 0.001, burst: 3 };
    const { alice } = await people(t, { tuning: { sendsPerAccount: rate } });
    const first = await say(alice, 'p2p-bob', 'hello');
    const codes = await Promise.all([1, 2, 3, 4].map(() => codeOf(act(alice, 'p2p-bob', first, react))));
    assert.deepEqual(codes.sort(), [200, 200, 416, 416]);
  });
});

describe('an answer to a message', () => {
  it('names a place that there is', async (t) => {
    const { alice } = await people(t);
    await say(alice, 'p2p-bob', 'hello');
    const reply = (replyTo: number) => {
      const idClient = crypto.randomUUID();
      alice.send({ t: 'send', idClient, cid: 'p2p-bob', type: 'text', content: 'x', replyTo });
      return codeOf(alice.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient));
    };
    assert.equal(await reply(2), 414);
    assert.equal(await reply(1), 200);
    assert.equal(await reply(2), 200);
    assert.equal(await reply(0), 414);
  });
});

describe('messages that one deletes for oneself', () => {
  it('are gone from one’s own pages, lists and devices, and from nobody else’s', async (t) => {
    const { server, alice, bob } = await people(t);
    const phone = await server.connect('bob');
    for (const content of ['one', 'two', 'three']) await say(alice, 'p2p-bob', content);
    bob.send({ t: 'delete', r: 1, cid: 'p2p-alice', seqs: [1, 3, 3, 77] });
    await bob.expect('done');
    const { event } = await phone.expect('user');
    assert.ok(event.kind === 'deleted');
    assert.deepEqual([event.seqs, event.cid, event.conversation?.lastMsg?.content], [[1, 3], 'p2p-alice', 'two']);
    const kinds = async (client: WireClient, cid: string) => (await page(client, cid)).map((at) => [at.seq, at.kind]);
    assert.deepEqual(await kinds(bob, 'p2p-alice'), [
      [1, undefined],
      [2, 'message'],
      [3, undefined],
    ]);
    assert.equal((await kinds(alice, 'p2p-bob')).filter(([, kind]) => kind === 'message').length, 3);
    bob.send({ t: 'messages', r: 2, cid: 'p2p-alice', seqs: [1, 2] });
    assert.deepEqual(
      (await bob.expect('messages')).events.map(({ seq }) => seq),
      [2],
    );
    assert.deepEqual(await alice.rest('user'), []);
  });

  it('are told to a client that was away', async (t) => {
    const { server, alice, bob } = await people(t);
    await say(alice, 'p2p-bob', 'one');
    const away = await server.open();
    const { epoch, u } = await away.greet({ account: 'bob', token: await server.token('bob') });
    away.socket.terminate();
    bob.send({ t: 'delete', r: 1, cid: 'p2p-alice', seqs: [1] });
    await bob.expect('done');
    const back = await server.open();
    const resume = { epoch, u, heads: [['p2p-alice', 1]] as [string, number][] };
    back.hello({ account: 'bob', token: await server.token('bob'), resume });
    const { event } = await back.expect('user');
    assert.deepEqual(event, { kind: 'deleted', u: u + 1, cid: 'p2p-alice', seqs: [1] });
    await back.expect('synced');
  });

  it('are one’s own conversation’s only', async (t) => {
    const { alice, eve } = await people(t);
    await say(alice, 'p2p-bob', 'one');
    for (const t of ['delete', 'report', 'edits'] as const) {
      eve.sendRaw(
        JSON.stringify({
          t,
          r: 1,
          cid: 'p2p-bob',
          ...(t === 'delete' ? { seqs: [1] } : { seq: 1 }),
          ...(t === 'report' && { reason: 'x' }),
        }),
      );
      assert.equal((await eve.expect('error')).code, 404, t);
    }
    eve.send({ t: 'messages', r: 2, cid: 'p2p-bob', seqs: [1] });
    assert.deepEqual((await eve.expect('messages')).events, []);
    eve.send({ t: 'pins', r: 3, cid: 'p2p-bob' });
    assert.deepEqual((await eve.expect('messages')).events, []);
  });
});

describe('a report', () => {
  it('is taken once and again, of what there is, and not without end', async (t) => {
    const { alice, bob } = await people(t, { tuning: { reportsPerAccount: { perSecond: 0.001, burst: 3 } } });
    await say(alice, 'p2p-bob', 'rude');
    const report = async (seq: number): Promise<number> => {
      bob.send({ t: 'report', r: 1, cid: 'p2p-alice', seq, reason: 'rude' });
      const answer = await bob.expectAny(['done', 'error']);
      return answer.t === 'error' ? answer.code : 200;
    };
    assert.deepEqual([await report(1), await report(1), await report(2), await report(1)], [200, 200, 404, 416]);
  });
});

describe('a merged forward', () => {
  const forward = async (client: WireClient, given: Partial<ClientFrameOf<'forward'>>) => {
    const idClient = given.idClient ?? crypto.randomUUID();
    client.send({ t: 'forward', cid: 'p2p-eve', from: 'p2p-bob', seqs: [1], title: 'Chat', ...given, idClient });
    return client.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
  };

  it('is put together by the server, of what its sender can see', async (t) => {
    const { alice, bob, eve } = await people(t);
    const stored = [];
    for (const content of ['one', 'two', 'three', 'four']) stored.push(await say(alice, 'p2p-bob', content));
    await say(bob, 'p2p-alice', 'five');
    await act(alice, 'p2p-bob', stored[0]!, { act: 'edit', content: 'ONE' });
    await act(alice, 'p2p-bob', stored[1]!, { act: 'recall' });
    alice.send({ t: 'delete', r: 1, cid: 'p2p-bob', seqs: [3] });
    await alice.expect('done');
    const ack = await forward(alice, { seqs: [5, 4, 3, 2, 1, 6, 99] });
    assert.ok(ack.t === 'ack');
    const own = await alice.expect('event', ({ cid }) => cid === 'p2p-eve');
    const { event } = await eve.expect('event');
    assert.deepEqual(own.event, event);
    assert.ok(event.kind === 'message');
    const { merged, type, from } = event.message;
    assert.deepEqual([type, from, merged?.title], ['merged', 'alice', 'Chat']);
    assert.deepEqual(
      merged?.messages.map((one) => [one.from, one.content]),
      [
        ['alice', 'ONE'],
        ['alice', 'four'],
        ['bob', 'five'],
      ],
    );
    const nested = await forward(alice, { from: 'p2p-eve', cid: 'p2p-bob', seqs: [1] });
    assert.ok(nested.t === 'ack');
    const copied = (await bob.expect('event', ({ event: { seq } }) => seq === nested.seq)).event;
    assert.deepEqual(copied.kind === 'message' && copied.message.merged, merged, 'alone it goes on as it is');
    await say(alice, 'p2p-eve', 'six');
    const both = await forward(alice, { from: 'p2p-eve', cid: 'p2p-bob', seqs: [1, 2] });
    assert.ok(both.t === 'ack');
    const last = (await bob.expect('event', ({ event: { seq } }) => seq === both.seq)).event;
    assert.deepEqual(last.kind === 'message' && last.message.merged?.messages.map((one) => [one.type, one.content]), [
      ['merged', 'Chat'],
      ['text', 'six'],
    ]);
  });

  it('happens once, and is answered with what it became', async (t) => {
    const { alice, eve } = await people(t);
    const first = await say(alice, 'p2p-bob', 'one');
    const idClient = crypto.randomUUID();
    const one = await forward(alice, { idClient });
    await act(alice, 'p2p-bob', first, { act: 'edit', content: 'changed since' });
    const again = await forward(alice, { idClient });
    assert.ok(one.t === 'ack' && again.t === 'ack');
    assert.deepEqual([again.seq, again.dup], [one.seq, true]);
    const events = [await alice.expect('event'), await alice.expect('event')];
    assert.deepEqual(events[0]!.event, events[1]!.event);
    assert.equal(await codeOf(forward(alice, { idClient, title: 'another' })), 417);
    await eve.expect('event');
    assert.deepEqual(await eve.rest('event'), []);
  });

  it('is refused of what one cannot see, and where it is too much', async (t) => {
    const { alice, bob, eve } = await people(t);
    await say(alice, 'p2p-bob', 'one');
    assert.equal(await codeOf(forward(eve, { from: 'p2p-bob', cid: 'p2p-alice' })), 404);
    assert.equal(await codeOf(forward(alice, { seqs: [2] })), 404);
    assert.equal(await codeOf(forward(alice, { cid: 'p2p-nobody' })), 404);
    const seqs: number[] = [];
    for (let i = 0; i < 11; i++) seqs.push((await say(bob, 'p2p-alice', 'x'.repeat(5_000))).seq);
    assert.equal(await codeOf(forward(bob, { from: 'p2p-alice', cid: 'p2p-eve', seqs })), 405);
    assert.equal(await codeOf(forward(bob, { from: 'p2p-alice', cid: 'p2p-eve', seqs: seqs.slice(2) })), 200);
    bob.send({
      ...{ t: 'send', idClient: crypto.randomUUID(), cid: 'p2p-alice', content: 'x' },
      type: 'merged' as 'text',
    });
    assert.equal((await bob.expect('nack')).code, 414, 'nobody sends one as it is');
  });
});

describe('what the server does not offer', () => {
  it('is not told, whoever asks', async (t) => {
    const off = { typing: false, presence: false, receipts: false };
    const { server, alice, bob } = await people(t, { features: off });
    const fresh = await server.open();
    const { features } = await fresh.greet({ account: 'alice', token: await server.token('alice') });
    assert.deepEqual([features?.typing, features?.presence, features?.receipts], [false, false, false]);
    await say(alice, 'p2p-bob', 'hello');
    await bob.expect('event');
    bob.send({ t: 'typing', cid: 'p2p-alice', on: true });
    bob.send({ t: 'watch', accounts: ['alice'] });
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 1 });
    const { event } = await bob.expect('user');
    assert.equal(event.kind, 'read', 'one’s own devices hear of one’s own marker');
    alice.send({ t: 'conversation', r: 1, cid: 'p2p-bob' });
    assert.equal((await alice.expect('conversation')).conversation.peerReadSeq, undefined);
    alice.send({ t: 'list', r: 2, limit: 5 });
    assert.equal((await alice.expect('list')).items[0]!.peerReadSeq, undefined);
    assert.deepEqual([await alice.rest('user'), await bob.rest('user')], [[], []]);
  });

  it('S-54: presence is told to those only who have a conversation with one', async (t) => {
    const { alice, bob, eve } = await people(t);
    await say(alice, 'p2p-bob', 'hello');
    eve.send({ t: 'watch', accounts: ['alice', 'bob', 'nobody'] });
    alice.send({ t: 'watch', accounts: ['bob', 'eve'] });
    assert.deepEqual((await alice.expect('user')).event, { kind: 'presence', account: 'bob', online: true });
    await bob.close();
    const { event } = await alice.expect('user');
    assert.ok(event.kind === 'presence' && event.account === 'bob' && !event.online);
    assert.deepEqual([await eve.rest('user'), await alice.rest('user')], [[], []]);
  });
});
