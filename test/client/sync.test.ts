import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryCache } from '../../src/client/cache/memory-cache.js';
import type { FakeSocket } from './helpers/fake-network.js';
import { welcome } from './helpers/fake-network.js';
import { event, greet, info, live, message, messages, scripted, syncOf, type Scripted } from './helpers/scripted.js';

const seqs = ({ client }: Scripted): (number | undefined)[] =>
  client.timeline('p2p-bob').messages.map(({ seq }) => seq);
const upTo = (last: number, from = 1): number[] => Array.from({ length: last - from + 1 }, (_, i) => from + i);

async function page(socket: FakeSocket, from: number, to: number, head = to): Promise<void> {
  const { r, cid } = socket.last('get')!;
  await socket.push({ t: 'page', r, cid, from, to, head, events: messages(from, to) });
}

async function opened(): Promise<{ world: Scripted; socket: FakeSocket }> {
  const world = scripted();
  const socket = await live(world, [syncOf(1, 3)]);
  await world.client.openTimeline('p2p-bob');
  return { world, socket };
}

describe('what comes in', () => {
  it('takes what is next, drops what it has, and tells each message once', async () => {
    const { world, socket } = await opened();
    const told: (number | undefined)[] = [];
    world.client.on('message', (detail) => told.push(detail.message.seq));
    await socket.push(event(message(4)), event(message(4)), event(message(2)), event(message(5)), event(message(4)));
    assert.deepEqual(seqs(world), upTo(5));
    assert.deepEqual(told, [4, 5]);
    assert.equal(world.client.conversation('p2p-bob')?.unread, 5);
  });

  it('puts in order what comes in disorder, and asks for nothing', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(6)), event(message(5)));
    assert.deepEqual(seqs(world), upTo(3));
    await socket.push(event(message(4)));
    assert.deepEqual(seqs(world), upTo(6));
    await world.clock.advance(1_000);
    assert.equal(socket.of('get').length, 0);
  });

  it('asks for a gap after 300 ms', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(6)));
    await world.clock.advance(299);
    assert.equal(socket.of('get').length, 0);
    await world.clock.advance(1);
    const { from, to } = socket.last('get')!;
    assert.deepEqual([from, to], [4, 6]);
    await socket.push(event(message(7)));
    await page(socket, 4, 6);
    assert.deepEqual(seqs(world), upTo(7));
    assert.equal(world.client.conversation('p2p-bob')?.unread, 7);
    await world.clock.advance(1_000);
    assert.equal(socket.of('get').length, 1);
  });

  it('asks for a gap at once when 64 events wait behind it', async () => {
    const { world, socket } = await opened();
    await socket.push(...messages(5, 68).map((at) => event(at)));
    assert.equal(socket.of('get').length, 1);
    await page(socket, 4, 68);
    assert.deepEqual(seqs(world), upTo(68));
  });

  it('asks again when the answer does not come, and when it is cut short', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(9)));
    await world.clock.advance(300 + 15_000 + 300);
    assert.equal(socket.of('get').length, 2);
    await page(socket, 4, 6, 9);
    assert.deepEqual(seqs(world), upTo(6));
    await world.clock.advance(300);
    assert.deepEqual([socket.last('get')?.from, socket.last('get')?.to], [7, 9]);
    await page(socket, 7, 9);
    assert.deepEqual(seqs(world), upTo(9));
  });

  it('does not ask for ever for what the server does not have', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(6)));
    await world.clock.advance(300);
    await page(socket, 4, 3, 3);
    await world.clock.advance(10_000);
    assert.equal(socket.of('get').length, 1);
    assert.equal(world.client.conversation('p2p-bob')?.lastSeq, 6);
    assert.equal(world.client.timeline('p2p-bob').hasNewer, true);
  });

  it('asks for the next gap where the first closed by itself before its page came', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(5)));
    await world.clock.advance(300);
    await socket.push(event(message(8)), event(message(4)));
    await page(socket, 4, 5, 8);
    await world.clock.advance(300);
    assert.deepEqual([socket.last('get')?.from, socket.last('get')?.to], [6, 8]);
    await page(socket, 6, 8);
    assert.deepEqual(seqs(world), upTo(8));
    assert.equal(world.client.conversation('p2p-bob')?.unread, 8);
  });

  it('leaves a gap of more than a page as a hole, and goes on at the end', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(900)));
    await world.clock.advance(300);
    const asked = socket.last('get')!;
    assert.deepEqual([asked.from, asked.to, asked.limit], [undefined, undefined, 300]);
    await page(socket, 601, 900);
    assert.equal(world.client.timeline('p2p-bob').hasNewer, true);
    assert.deepEqual(seqs(world), upTo(3));
    await world.client.openTimeline('p2p-bob');
    assert.equal(world.client.timeline('p2p-bob').hasNewer, false);
    assert.equal(seqs(world).at(-1), 900);
  });

  it('keeps the place of an event of a kind that it does not know', async () => {
    const { world, socket } = await opened();
    await socket.pushText('{"t":"event","cid":"p2p-bob","event":{"kind":"hologram","seq":4,"light":1}}');
    await socket.push(event(message(5)));
    assert.deepEqual(seqs(world), [1, 2, 3, 5]);
    assert.equal(world.client.conversation('p2p-bob')?.unread, 4);
  });

  it('shows a conversation that it never heard of at once, and its name when it comes', async () => {
    const world = scripted();
    const socket = await live(world);
    await socket.push(event(message(1)));
    assert.equal(world.client.conversation('p2p-bob')?.name, 'bob');
    assert.equal(world.client.unreadTotal, 1);
    const { r } = socket.last('conversation')!;
    await socket.push({ t: 'conversation', r, conversation: info({ lastSeq: 1, unread: 1, updateTime: 1 }) });
    assert.equal(world.client.conversation('p2p-bob')?.name, 'Bob');
    assert.equal(world.client.unreadTotal, 1);
  });

  it('counts what was unread before it heard of a conversation, also when more came before its name', async () => {
    const world = scripted();
    const socket = await live(world);
    await socket.push(event(message(7)));
    const { r } = socket.last('conversation')!;
    await socket.push(event(message(8)));
    await socket.push({ t: 'conversation', r, conversation: info({ lastSeq: 7, unread: 5, readSeq: 2 }) });
    assert.equal(world.client.unreadTotal, 6);
    await socket.push(event(message(9)));
    assert.equal(world.client.unreadTotal, 7);
  });

  it('asks for the name of a conversation also where its first event was lost', async () => {
    const world = scripted();
    const socket = await live(world);
    const opening = world.client.openTimeline('p2p-bob');
    await world.clock.advance(0);
    await page(socket, 1, 0);
    await opening;
    await socket.push(event(message(2)));
    await world.clock.advance(300);
    await page(socket, 1, 2);
    const { r } = socket.last('conversation')!;
    await socket.push({ t: 'conversation', r, conversation: info({ lastSeq: 2, unread: 1, readSeq: 1 }) });
    const { name, readSeq, unread } = world.client.conversation('p2p-bob')!;
    assert.deepEqual([name, readSeq, unread], ['Bob', 1, 1]);
  });

  it('resumes where it was, tells what it missed, and counts nothing twice', async () => {
    const { world, socket } = await opened();
    const told: (number | undefined)[] = [];
    world.client.on('message', (detail) => told.push(detail.message.seq));
    await socket.push(event(message(5)));
    await socket.end();
    await world.clock.advance(world.clock.untilNext);
    const again = await greet(world, [
      { t: 'sync', conversation: info({ lastSeq: 6, unread: 6 }), from: 3, to: 6, events: messages(3, 6) },
    ]);
    assert.deepEqual(again.last('hello')?.resume, { epoch: 'e1', u: 0, heads: [['p2p-bob', 3]] });
    await again.push(event(message(6)), event(message(7)));
    assert.deepEqual(seqs(world), upTo(7));
    assert.deepEqual(told, [4, 5, 6, 7]);
    assert.equal(world.client.conversation('p2p-bob')?.unread, 7);
    await world.clock.advance(1_000);
    assert.equal(again.of('get').length, 0);
  });

  it('shows as stored what is acked ahead of its turn, and puts it in its place with the turn', async () => {
    const { world, socket } = await opened();
    const { idClient } = await world.client.send('p2p-bob', { content: 'mine' });
    await socket.push({ t: 'ack', idClient, id: 'x', cid: 'p2p-bob', seq: 5, n: 5, time: 5 });
    assert.deepEqual(seqs(world), [1, 2, 3, 5]);
    assert.equal(world.client.timeline('p2p-bob').messages[3]?.status, 'success');
    await socket.push(event(message(4)));
    assert.deepEqual(seqs(world), upTo(5));
    await world.clock.advance(1_000);
    assert.equal(socket.of('get').length, 0);
  });

  it('finds a lost last message by the summary that names it', async () => {
    const { world, socket } = await opened();
    const conversation = info({ lastSeq: 4, unread: 4 });
    await socket.push({ t: 'user', event: { kind: 'conversation', u: 1, conversation } });
    await world.clock.advance(300);
    await page(socket, 4, 4);
    assert.deepEqual(seqs(world), upTo(4));
    assert.equal(world.client.conversation('p2p-bob')?.unread, 4);
  });

  it('F28: starts over in another history, keeps what is unsent, and offers again what was stored lately', async () => {
    const { world, socket } = await opened();
    const { idClient } = await world.client.send('p2p-bob', { content: 'stored in the old one' });
    await socket.push({ t: 'ack', idClient, id: 'x', cid: 'p2p-bob', seq: 4, n: 4, time: 4 });
    await socket.end();
    await world.client.send('p2p-bob', { content: 'never sent' });
    await world.clock.advance(world.clock.untilNext);
    const again = world.network.socket;
    await again.accept();
    await again.push(welcome({ epoch: 'e2' }), { t: 'reset' }, syncOf(1, 2), { t: 'synced', u: 0, more: false });
    const offered = again.last('send')!;
    assert.deepEqual(
      world.client.timeline('p2p-bob').messages.map(({ content }) => content),
      ['m1', 'm2', 'never sent', 'stored in the old one'],
    );
    await again.push({ t: 'ack', idClient: offered.idClient, id: 'y', cid: 'p2p-bob', seq: 3, n: 3, time: 5 });
    assert.deepEqual(
      again.of('send').map(({ content, idClient: id, resend }) => [content, id === idClient, resend]),
      [
        ['stored in the old one', true, true],
        ['never sent', false, undefined],
      ],
    );
    await again.end();
    await world.clock.advance(world.clock.untilNext);
    await world.network.socket.accept();
    assert.equal(world.network.socket.last('hello')?.resume?.epoch, 'e2');
  });

  it('offers again what was stored lately also where an earlier life of the page ended before it could', async () => {
    const cache = new MemoryCache();
    const [time, row] = [
      Date.UTC(2026, 0, 1),
      { idClient: 'stored-in-the-old-one', cid: 'p2p-bob', order: 1, tab: 'gone' },
    ];
    const sent = { ...row, time, ackedAt: time, status: 'sending' as const, type: 'text', body: { content: 'hello' } };
    const nothing = { events: [], entries: [], outbox: [], settled: [], drafts: [], meta: {}, strict: true };
    await cache.write({ ...nothing, sent: [sent] });
    const world = scripted({ cache });
    const socket = await live(world, [], welcome({ epoch: 'e2' }));
    await world.client.close();
    assert.equal(socket.last('send')?.idClient, row.idClient);
  });

  for (const [what, epoch, reset] of [
    ['says so, with the same name of history', 'e1', [{ t: 'reset' }]],
    ['has another name of history and does not say so', 'e2', []],
  ] as const)
    it(`starts over when the server ${what}`, async () => {
      const { world, socket } = await opened();
      await socket.end();
      await world.clock.advance(world.clock.untilNext);
      const again = world.network.socket;
      await again.accept();
      await again.push(welcome({ epoch }), ...reset, syncOf(1, 2), { t: 'synced', u: 0, more: false });
      assert.deepEqual(seqs(world), upTo(2));
      assert.equal(world.client.conversation('p2p-bob')?.lastSeq, 2);
      await again.push(event(message(3)));
      assert.deepEqual(seqs(world), upTo(3));
    });

  it('does not let an older summary take back what came since', async () => {
    const { world, socket } = await opened();
    await socket.push(event(message(4)));
    const conversation = info({ lastSeq: 3, unread: 3, updateTime: 3, pinned: true, peerReadSeq: 2 });
    await socket.push({ t: 'user', event: { kind: 'conversation', u: 1, conversation } });
    const { lastSeq, unread, updateTime, pinned, lastMsg, peerReadSeq } = world.client.conversation('p2p-bob')!;
    assert.deepEqual([lastSeq, unread, updateTime, pinned, lastMsg?.seq, peerReadSeq], [4, 4, 4, true, 4, 2]);
  });

  it('keeps a read mark that is further than the server knows', async () => {
    const { world, socket } = await opened();
    world.client.markRead('p2p-bob');
    const conversation = info({ lastSeq: 4, unread: 4 });
    await socket.push({ t: 'user', event: { kind: 'conversation', u: 1, conversation } });
    assert.equal(world.client.unreadTotal, 1);
    await world.clock.advance(150);
    assert.deepEqual(socket.of('read'), [{ t: 'read', cid: 'p2p-bob', seq: 3 }]);
    await socket.push({ t: 'user', event: { kind: 'read', u: 2, cid: 'p2p-bob', seq: 2, unread: 2 } });
    assert.equal(world.client.conversation('p2p-bob')?.readSeq, 3);
    assert.equal(world.client.unreadTotal, 1);
  });

  it('does not count again what the server had counted with a read mark, and what arrives after it', async () => {
    const { world, socket } = await opened();
    await socket.push({ t: 'user', event: { kind: 'read', u: 1, cid: 'p2p-bob', seq: 3, unread: 2, head: 5 } });
    await socket.push(event(message(4)), event(message(5)));
    assert.equal(world.client.unreadTotal, 2);
    await socket.push(event(message(6)));
    assert.equal(world.client.unreadTotal, 3);
  });
});
