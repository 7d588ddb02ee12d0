import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Message } from '../../src/protocol/message.js';
import type { ActionEvent, LogEvent } from '../../src/protocol/model.js';
import { welcome, type FakeSocket } from './helpers/fake-network.js';
import { settle } from './helpers/fake-clock.js';
import { event, greet, info, live, message, messages, scripted, syncOf, type Scripted } from './helpers/scripted.js';

const cid = 'p2p-bob';
const by = { by: 'bob', time: 9 };
const edit = (seq: number, target: number, content: string): ActionEvent => ({
  kind: 'edit',
  seq,
  target,
  ...by,
  content,
});
const recall = (seq: number, target: number): ActionEvent => ({ kind: 'recall', seq, target, ...by, from: 'bob' });
const react = (seq: number, target: number, account = 'bob'): ActionEvent => ({
  ...{ kind: 'reaction', seq, target, account, emoji: '👍', on: true },
});
const at = ({ client }: Scripted, seq: number): Message => {
  const found = client.timeline(cid).messages.find((shown) => shown.seq === seq);
  assert.ok(found, `${seq} is not shown`);
  return found;
};
const open = async (to: number, change = {}): Promise<{ world: Scripted; socket: FakeSocket }> => {
  const world = scripted();
  const { message: lastMsg } = message(to) as Extract<LogEvent, { kind: 'message' }>;
  const socket = await live(world, [syncOf(1, to, { lastMsg, ...change })]);
  await world.client.openTimeline(cid);
  return { world, socket };
};
const ackOf = (socket: FakeSocket, seq: number) => {
  const { idClient } = socket.last('act')!;
  return { t: 'ack', idClient, id: `id-${seq}`, cid, seq, n: 0, time: 9 } as const;
};
const fails = ({ client }: Scripted): string[] => {
  const told: string[] = [];
  client.on('action-fail', ({ seq, act, error, message: of }) =>
    told.push(`${act} ${seq} ${error.code} ${of?.content ?? ''}`.trim()),
  );
  return told;
};

describe('what others do to messages', () => {
  it('changes what is shown of them, and of the conversation, and nothing else', async () => {
    const { world, socket } = await open(3);
    const before = world.client.timeline(cid).messages;
    await socket.push(event(edit(4, 3, 'edited')), event(react(5, 2)));
    const after = world.client.timeline(cid).messages;
    assert.deepEqual(
      after.map(({ content }) => content),
      ['m1', 'm2', 'edited'],
    );
    assert.equal(after[0], before[0]);
    assert.deepEqual(after[1]!.reactions, [{ emoji: '👍', accounts: ['bob'] }]);
    const { lastMsg, lastSeq, unread, updateTime } = world.client.conversation(cid)!;
    assert.deepEqual([lastMsg?.content, lastMsg?.seq, lastSeq, unread, updateTime], ['edited', 3, 5, 3, 3]);
  });

  it('leaves a trace of what was recalled, which counts as unread no more', async () => {
    const { world, socket } = await open(3, { unread: 2, readSeq: 1 });
    await socket.push(event(recall(4, 3)), event(recall(5, 1)));
    assert.deepEqual(at(world, 3).recalled, { by: 'bob', time: 9 });
    assert.equal(at(world, 3).content, undefined);
    const { unread, lastMsg } = world.client.conversation(cid)!;
    assert.deepEqual([unread, lastMsg?.recalled?.by], [1, 'bob']);
  });

  it('comes to a client that was away: an edit of something unseen, a recall before its message', async () => {
    const { world, socket } = await open(3);
    await socket.end();
    await world.clock.advance(2_000);
    const told: (string | undefined)[] = [];
    world.client.on('message', (detail) => told.push(detail.message.content));
    const unseen = message(4, { content: 'edited', editTime: 9, rev: 6 });
    const { n: _, ...gone } = message(5, { rev: 7, recalled: by }) as Extract<LogEvent, { kind: 'message' }>;
    const { content: _c, ...bare } = gone.message;
    const events = [unseen, { ...gone, message: bare }, edit(6, 4, 'edited'), recall(7, 5), edit(8, 2, 'late')];
    const conversation = info({ lastSeq: 8, unread: 4, lastMsg: bare, lastMsgSeq: 5 });
    await greet(world, [{ t: 'sync', conversation, from: 4, to: 8, events }]);
    assert.deepEqual(
      world.client.timeline(cid).messages.map(({ content }) => content),
      ['m1', 'late', 'm3', 'edited', undefined],
    );
    assert.deepEqual(told, ['edited']);
    assert.equal(world.client.conversation(cid)!.unread, 4);
    world.client.releaseTimeline(cid);
    await world.client.openTimeline(cid);
    assert.equal(at(world, 2).content, 'late', 'the cache has it too');
    assert.equal(at(world, 2).rev, 8);
  });

  it('counts one whose recall is still to come, until it comes', async () => {
    const { world, socket } = await open(3);
    await socket.push(event(message(6)));
    await world.clock.advance(300);
    const { r } = socket.last('get')!;
    const { n: _, ...gone } = message(4, { rev: 7, recalled: by }) as Extract<LogEvent, { kind: 'message' }>;
    await socket.push({ t: 'page', r, cid, from: 4, to: 6, head: 7, events: [gone, message(5), message(6)] });
    assert.equal(world.client.conversation(cid)!.unread, 6);
    await socket.push(event(recall(7, 4)));
    assert.equal(world.client.conversation(cid)!.unread, 5);
  });

  it('is not taken back by a page that was read before it', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(61, 80)]);
    const opening = world.client.openTimeline(cid);
    await settle();
    const { r } = socket.last('get')!;
    await socket.push(event(edit(81, 50, 'edited')), event(recall(82, 70)));
    await socket.push({ t: 'page', r, cid, from: 1, to: 60, head: 80, events: messages(1, 60) });
    await opening;
    assert.equal(at(world, 50).content, 'edited');
    assert.ok(at(world, 70).recalled);
    world.client.releaseTimeline(cid);
    await world.client.openTimeline(cid);
    while (world.client.timeline(cid).messages[0]!.seq! > 50) await world.client.loadOlder(cid);
    assert.equal(at(world, 50).content, 'edited', 'nor in the cache');
  });

  it('is asked for where a hole hides what was done', async () => {
    const { world, socket } = await open(50);
    await socket.push(syncOf(381, 400));
    const { r, from, to } = socket.last('get')!;
    assert.deepEqual([from, to], [1, 50]);
    const events = [...messages(1, 49), message(50, { content: 'edited', rev: 200 })];
    await socket.push({ t: 'page', r, cid, from: 1, to: 50, head: 400, events });
    assert.equal(at(world, 50).content, 'edited');
  });

  it('makes the cache forget what lies before a hole', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 50)]);
    await socket.push(syncOf(381, 400));
    const found = world.client.history(cid, { before: 51, limit: 5 });
    await settle();
    assert.equal(socket.last('get')?.before, 51);
    const { r } = socket.last('get')!;
    await socket.push({ t: 'page', r, cid, from: 46, to: 50, head: 400, events: messages(46, 50) });
    assert.equal((await found).length, 5);
  });
});

describe('what one does to a message', () => {
  it('is shown at once, sent when there is a link, and settled by its ack', async () => {
    const { world, socket } = await open(3);
    await socket.end();
    await world.client.react(at(world, 3), '👍', true);
    await world.client.pin(at(world, 2), true);
    assert.deepEqual(at(world, 3).reactions, [{ emoji: '👍', accounts: ['alice'] }]);
    assert.equal(at(world, 2).pinned?.by, 'alice');
    assert.equal(at(world, 3), at(world, 3), 'and keeps its identity');
    await world.clock.advance(2_000);
    const next = await greet(world);
    const { idClient: _, ...frame } = next.last('act')!;
    assert.deepEqual(frame, { t: 'act', cid, act: 'react', target: 3, id: 'id-3', emoji: '👍', on: true });
    await next.push(ackOf(next, 4));
    assert.deepEqual(at(world, 3).reactions, [{ emoji: '👍', accounts: ['alice'] }]);
    assert.equal(at(world, 3).rev, 4);
    assert.equal(next.of('act').length, 2);
    await next.push(ackOf(next, 5));
    assert.equal(at(world, 2).rev, 5);
    await next.push(event(edit(6, 3, 'more')));
    assert.equal(next.of('act').length, 2);
    assert.equal(world.client.conversation(cid)!.lastSeq, 6);
  });

  it('goes after what was written before it', async () => {
    const { world, socket } = await open(3);
    await world.client.send(cid, { content: 'first' });
    await world.client.react(at(world, 3), '👍', true);
    assert.equal(socket.of('act').length, 0);
    const { idClient } = socket.last('send')!;
    await socket.push({ t: 'ack', idClient, id: 'id-4', cid, seq: 4, n: 4, time: 9 });
    assert.equal(socket.of('act').length, 1);
  });

  it('is undone when it is refused, and told', async () => {
    const { world, socket } = await open(3);
    const told = fails(world);
    await world.client.react(at(world, 3), '👍', true);
    const { idClient } = socket.last('act')!;
    await socket.push({ t: 'nack', idClient, code: 403, message: 'no', retry: false });
    assert.equal(at(world, 3).reactions, undefined);
    assert.deepEqual(told, ['react 3 403 m3']);
    await world.client.pin(at(world, 3), true);
    const again = socket.last('act')!;
    await socket.push({ t: 'nack', idClient: again.idClient, code: 503, message: 'busy', retry: true, afterMs: 500 });
    assert.equal(at(world, 3).pinned?.by, 'alice');
    await world.clock.advance(500);
    assert.deepEqual(socket.last('act'), { ...again, resend: true });
  });

  it('is settled by the repeated ack of what was stored before', async () => {
    const { world, socket } = await open(3);
    await world.client.react(at(world, 3), '👍', true);
    await socket.end();
    await world.clock.advance(2_000);
    const conversation = info({ lastSeq: 4, unread: 3 });
    const events = [react(4, 3, 'alice')];
    const next = await greet(world, [{ t: 'sync', conversation, from: 4, to: 4, events }]);
    assert.equal(next.last('act')?.resend, true);
    await next.push({ ...ackOf(next, 4), dup: true });
    assert.deepEqual(at(world, 3).reactions, [{ emoji: '👍', accounts: ['alice'] }]);
    await next.push(event({ ...react(5, 3, 'alice'), on: false } as ActionEvent));
    assert.equal(at(world, 3).reactions, undefined, 'nothing is pending any more');
  });

  it('is not shown twice, nor lost, when its ack comes before its turn', async () => {
    const { world, socket } = await open(3);
    await world.client.react(at(world, 3), '👍', true);
    await socket.push(ackOf(socket, 5));
    assert.deepEqual(at(world, 3).reactions, [{ emoji: '👍', accounts: ['alice'] }]);
    await socket.push(event(react(4, 3, 'bob')));
    assert.deepEqual(at(world, 3).reactions, [{ emoji: '👍', accounts: ['bob', 'alice'] }]);
    assert.equal(at(world, 3).rev, 5);
  });

  it('is done in the outbox to what was never offered to the server, and refused to what is on its way', async () => {
    const { world, socket } = await open(1);
    const first = await world.client.send(cid, { content: 'on its way' });
    const second = await world.client.send(cid, { content: 'waits' });
    const third = await world.client.send(cid, { content: 'waits too' });
    await assert.rejects(world.client.edit(first, 'x'), { code: 503 });
    await assert.rejects(world.client.recall(first), { code: 503 });
    await assert.rejects(world.client.react(second, '👍', true), { code: 403 });
    await world.client.edit(second, 'changed', ['bob']);
    await world.client.recall(third);
    assert.deepEqual(
      world.client.timeline(cid).messages.map(({ content }) => content),
      ['m1', 'on its way', 'changed'],
    );
    const { idClient } = socket.last('send')!;
    await socket.push({ t: 'ack', idClient, id: 'id-2', cid, seq: 2, n: 2, time: 9 });
    assert.deepEqual([socket.last('send')?.content, socket.last('send')?.mentions], ['changed', ['bob']]);
    assert.equal(socket.last('send')?.idClient, second.idClient);
  });

  it('is checked before it is kept', async () => {
    const { world } = await open(2);
    const { client } = world;
    const own: Message = { ...at(world, 2), from: 'alice', flow: 'out' };
    await assert.rejects(client.edit(at(world, 1), 'x'), { code: 403 });
    await assert.rejects(client.recall(at(world, 1)), { code: 403 });
    await assert.rejects(client.edit({ ...own, type: 'location' }, 'x'), { code: 403 });
    await assert.rejects(client.edit(own, ' '), { code: 414 });
    await assert.rejects(client.edit(own, 'x'.repeat(5_001)), { code: 405 });
    await assert.rejects(client.react(own, 'no emoji', true), { code: 414 });
    await assert.rejects(client.pin({ ...own, recalled: by }, true), { code: 403 });
    await assert.rejects(client.report(own, 'x'.repeat(501)), { code: 405 });
    await assert.rejects(client.forward([{ ...own, recalled: by }], ['p2p-carol'], 'each'), { code: 403 });
    await assert.rejects(client.forward([own], ['p2p-carol'], 'merged', 'x'.repeat(129)), { code: 405 });
  });
});

describe('messages that one does not want to see', () => {
  it('go everywhere at once, whichever device it was', async () => {
    const { world, socket } = await open(4);
    const deleting = world.client.deleteForMe(cid, [at(world, 2)]);
    await settle();
    const { r, seqs } = socket.last('delete')!;
    assert.deepEqual(seqs, [2]);
    await socket.push({ t: 'done', r });
    await deleting;
    const summary = info({ lastSeq: 4, unread: 4, lastMsgSeq: 3 });
    const lastMsg = (message(3) as Extract<LogEvent, { kind: 'message' }>).message;
    const conversation = { ...summary, lastMsg };
    await socket.push({ t: 'user', event: { kind: 'deleted', u: 1, cid, seqs: [4], conversation } });
    assert.deepEqual(
      world.client.timeline(cid).messages.map(({ seq }) => seq),
      [1, 3],
    );
    assert.equal(world.client.conversation(cid)?.lastMsg?.seq, 3);
    world.client.releaseTimeline(cid);
    await world.client.openTimeline(cid);
    assert.deepEqual(
      world.client.timeline(cid).messages.map(({ seq }) => seq),
      [1, 3],
    );
    assert.equal(await world.client.messageAt(cid, 2), undefined);
    assert.equal(socket.of('get').length, 0, 'the cache has no hole there');
  });
});

describe('a single message', () => {
  it('comes from memory, from the cache, or with others in one question', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(81, 100)]);
    assert.equal((await world.client.messageAt(cid, 90))?.content, 'm90');
    const found = Promise.all([5, 7, 5, 9].map((seq) => world.client.messageAt(cid, seq)));
    await settle();
    assert.deepEqual(
      socket.of('messages').map(({ seqs }) => seqs),
      [[5, 7, 9]],
    );
    const { r } = socket.last('messages')!;
    await socket.push({ t: 'messages', r, cid, events: [message(5), message(7)] });
    assert.deepEqual(
      (await found).map((one) => one?.content),
      ['m5', 'm7', 'm5', undefined],
    );
    await socket.push(event(edit(101, 5, 'edited')));
    assert.equal((await world.client.messageAt(cid, 5))?.content, 'edited');
    assert.equal(socket.of('messages').length, 1);
  });

  it('is unknown where the server does not say', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(81, 100)]);
    const found = world.client.messageAt(cid, 5);
    await settle();
    await socket.push({ t: 'error', r: socket.last('messages')!.r, code: 404, message: 'no' });
    assert.equal(await found, undefined);
  });

  it('that is pinned is among the pinned ones', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 5)]);
    const found = world.client.pinned(cid);
    await settle();
    const pinned = { by: 'bob', time: 3 };
    const events = [message(4, { pinned, rev: 9 }), message(2, { pinned, rev: 8 })];
    await socket.push({ t: 'messages', r: socket.last('pins')!.r, cid, events });
    assert.deepEqual(
      (await found).map(({ seq }) => seq),
      [4, 2],
    );
  });
});

describe('forwarding', () => {
  it('makes copies, in order, one at a time', async () => {
    const { world, socket } = await open(3);
    await world.client.forward([at(world, 3), at(world, 1)], ['p2p-carol', 'p2p-dan'], 'each');
    assert.deepEqual(
      socket.of('send').map(({ cid: to, content }) => [to, content]),
      [
        ['p2p-carol', 'm1'],
        ['p2p-dan', 'm1'],
      ],
    );
    const { idClient } = socket.of('send')[0]!;
    await socket.push({ t: 'ack', idClient, id: 'c-1', cid: 'p2p-carol', seq: 1, n: 1, time: 9 });
    assert.deepEqual([socket.last('send')?.cid, socket.last('send')?.content], ['p2p-carol', 'm3']);
  });

  it('merges by the server, and shows what that made of it', async () => {
    const { world, socket } = await open(3);
    await world.client.forward([at(world, 2), at(world, 1)], ['p2p-carol'], 'merged', 'Bob says');
    const { idClient, ...frame } = socket.last('forward')!;
    assert.deepEqual(frame, { t: 'forward', cid: 'p2p-carol', from: cid, seqs: [1, 2], title: 'Bob says' });
    const merged = {
      title: 'Bob says',
      messages: [{ from: 'bob', name: 'Bob', time: 1, type: 'text', content: 'm1' }],
    };
    await socket.push({ t: 'ack', idClient, id: 'c-1', cid: 'p2p-carol', seq: 1, n: 1, time: 9 });
    const stored = { id: 'c-1', idClient, type: 'merged', from: 'alice', time: 9, merged };
    await socket.push(event({ kind: 'message', seq: 1, n: 1, message: stored }, 'p2p-carol'));
    const last = world.client.conversation('p2p-carol')!.lastMsg!;
    assert.deepEqual([last.status, last.merged], ['success', merged]);
    await socket.end();
    await world.clock.advance(2_000);
    assert.equal((await greet(world)).of('forward').length, 0);
  });
});

describe('the features', () => {
  it('are the server’s, and told when they change', async () => {
    const world = scripted();
    const told: number[] = [];
    world.client.on('features', ({ recallMs }) => told.push(recallMs));
    const defaults = world.client.features;
    assert.equal(defaults.recallMs, 120_000);
    const features = { ...defaults, recallMs: 5_000, typing: false };
    const socket = await live(world, [syncOf(1, 1)], welcome({ features }));
    assert.deepEqual(world.client.features, features);
    assert.deepEqual(told, [5_000]);
    world.client.setTyping(cid, true);
    assert.equal(socket.of('typing').length, 0);
  });

  it('of presence: who is watched is asked after again once a word was said', async () => {
    const world = scripted();
    world.client.watchPresence('bob');
    const socket = await live(world);
    assert.equal(socket.of('watch').length, 1);
    await socket.push(event(message(1)));
    assert.equal(socket.of('watch').length, 2);
    await socket.push({ t: 'user', event: { kind: 'presence', account: 'bob', online: true } });
    await socket.push(event(message(1), 'p2p-carol'));
    assert.equal(socket.of('watch').length, 2);
  });
});
