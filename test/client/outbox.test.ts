import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerFrameOf } from '../../src/protocol/frames.js';
import type { FakeSocket } from './helpers/fake-network.js';
import { event, greet, live, message, scripted, syncOf, type Scripted } from './helpers/scripted.js';

const ack = (socket: FakeSocket, seq: number, at = seq - 1): ServerFrameOf<'ack'> => {
  const { idClient, cid } = socket.of('send')[at]!;
  return { t: 'ack', idClient, id: `id-${seq}`, cid, seq, n: seq, time: 1_000 + seq };
};
const nack = (socket: FakeSocket, change: Partial<ServerFrameOf<'nack'>>): ServerFrameOf<'nack'> => ({
  t: 'nack',
  idClient: socket.last('send')!.idClient,
  code: 503,
  message: 'busy',
  retry: true,
  ...change,
});
const shown = ({ client }: Scripted): string[] =>
  client.timeline('p2p-bob').messages.map(({ content, status }) => `${content} ${status}`);
const say = ({ client }: Scripted, content: string): Promise<unknown> => client.send('p2p-bob', { content });

describe('the outbox', () => {
  it('shows a message as sending, sends it, and shows it as stored in the same place', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 2)]);
    await world.client.openTimeline('p2p-bob');
    const sent: string[] = [];
    world.client.on('send', (detail) => sent.push(detail.message.content!));
    await say(world, 'a');
    assert.deepEqual(shown(world), ['m1 success', 'm2 success', 'a sending']);
    const [first] = world.client.timeline('p2p-bob').messages;
    await socket.push(ack(socket, 3, 0));
    const { messages } = world.client.timeline('p2p-bob');
    assert.deepEqual(shown(world), ['m1 success', 'm2 success', 'a success']);
    assert.equal(messages[0], first);
    assert.equal(messages[2]?.seq, 3);
    assert.equal(messages[2]?.time, 1_003);
    assert.deepEqual(sent, ['a']);
    assert.equal(world.client.conversation('p2p-bob')?.lastMsg?.content, 'a');
    assert.equal(world.client.conversation('p2p-bob')?.unread, 2);
  });

  it('the list shows what is being sent, and what failed until somebody says more', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 2)]);
    const last = (): string => {
      const { lastMsg } = world.client.conversation('p2p-bob')!;
      return `${lastMsg?.content} ${lastMsg?.status}`;
    };
    await say(world, 'a');
    assert.equal(last(), 'a sending');
    await socket.push(nack(socket, { retry: false, code: 403 }));
    assert.equal(last(), 'a fail');
    const time = world.client.conversation('p2p-bob')!.updateTime + 1;
    await socket.push(event(message(3, { content: 'b', time })));
    assert.equal(last(), 'b success');
  });

  it('sends one at a time in a conversation, and conversations side by side', async () => {
    const world = scripted();
    const socket = await live(world);
    await Promise.all([say(world, 'a'), say(world, 'b'), world.client.send('p2p-carol', { content: 'c' })]);
    assert.deepEqual(
      socket.of('send').map(({ content }) => content),
      ['a', 'c'],
    );
    await socket.push(ack(socket, 1, 0));
    assert.deepEqual(
      socket.of('send').map(({ content }) => content),
      ['a', 'c', 'b'],
    );
  });

  it('keeps what is written without a link, and sends it in order', async () => {
    const world = scripted();
    await say(world, 'a');
    await say(world, 'b');
    assert.deepEqual(shown(world), ['a sending', 'b sending']);
    const socket = await live(world);
    await socket.push(ack(socket, 1, 0));
    await socket.push(ack(socket, 2, 1));
    assert.deepEqual(
      socket.of('send').map(({ content, resend }) => [content, resend]),
      [
        ['a', undefined],
        ['b', undefined],
      ],
    );
    assert.deepEqual(shown(world), ['a success', 'b success']);
  });

  it('sends nothing before everything missed has come', async () => {
    const world = scripted();
    await say(world, 'a');
    world.client.connect();
    await world.clock.advance(0);
    const { socket } = world.network;
    await socket.accept();
    assert.equal(socket.of('send').length, 0);
  });

  it('takes a missing ack for a dead link, and offers the same message again', async () => {
    const world = scripted();
    const socket = await live(world);
    await say(world, 'a');
    await world.clock.advance(10_000);
    assert.equal(world.client.connection.state, 'disconnected');
    assert.deepEqual(shown(world), ['a sending']);
    await world.clock.advance(world.clock.untilNext);
    const again = await greet(world);
    assert.equal(again.last('send')?.idClient, socket.last('send')?.idClient);
    assert.equal(again.last('send')?.resend, true);
    await again.push({ ...ack(again, 1, 0), dup: true });
    assert.deepEqual(shown(world), ['a success']);
  });

  it('learns from the log that a message was stored, when the ack was lost', async () => {
    const world = scripted();
    const socket = await live(world);
    void world.client.openTimeline('p2p-bob');
    await say(world, 'a');
    const { idClient } = socket.last('send')!;
    await socket.end();
    await world.clock.advance(world.clock.untilNext);
    const stored = message(1, { idClient, from: 'alice', content: 'a' });
    const again = await greet(world, [{ ...syncOf(1, 1), events: [stored] }]);
    assert.deepEqual(shown(world), ['a success']);
    assert.equal(again.of('send').length, 0);
  });

  for (const order of ['echo before ack', 'ack before echo'])
    it(`shows a message once: ${order}`, async () => {
      const world = scripted();
      const socket = await live(world, [syncOf(1, 1)]);
      await world.client.openTimeline('p2p-bob');
      const sent: unknown[] = [];
      const arrived: unknown[] = [];
      world.client.on('send', (detail) => sent.push(detail));
      world.client.on('message', (detail) => arrived.push(detail));
      await say(world, 'a');
      const { idClient } = socket.last('send')!;
      const echo = event(message(2, { idClient, from: 'alice', content: 'a' }));
      const frames = [echo, ack(socket, 2, 0)];
      await socket.push(...(order === 'echo before ack' ? frames : frames.reverse()));
      assert.deepEqual(shown(world), ['m1 success', 'a success']);
      assert.equal(sent.length, 1);
      assert.equal(arrived.length, 0);
    });

  it('tries again after the time that a refusal names, and keeps the order meanwhile', async () => {
    const world = scripted();
    const socket = await live(world);
    await say(world, 'a');
    await say(world, 'b');
    await socket.push(nack(socket, { code: 416, afterMs: 7_000 }));
    await world.clock.advance(6_999);
    assert.equal(socket.of('send').length, 1);
    await world.clock.advance(1);
    assert.deepEqual(
      socket.of('send').map(({ content }) => content),
      ['a', 'a'],
    );
    assert.deepEqual(shown(world), ['a sending', 'b sending']);
  });

  it('fails in sight when the server will not have it, lets the next one go, and offers it again by hand', async () => {
    const world = scripted();
    const socket = await live(world);
    const failed: number[] = [];
    world.client.on('send-fail', ({ error }) => failed.push(error.code));
    await say(world, 'a');
    await say(world, 'b');
    const { idClient } = socket.last('send')!;
    await socket.push(nack(socket, { code: 403, message: 'no', retry: false }));
    assert.deepEqual(shown(world), ['a fail', 'b sending']);
    assert.deepEqual(world.client.timeline('p2p-bob').messages[0]?.error, { code: 403, message: 'no' });
    assert.deepEqual(failed, [403]);
    await socket.push(ack(socket, 1, 1));
    await world.client.resend(idClient);
    assert.equal(socket.last('send')?.idClient, idClient);
    await socket.push(ack(socket, 2, 2));
    assert.deepEqual(shown(world), ['b success', 'a success']);
    for (let i = 0; i < 5; i++) await world.client.resend(idClient);
    assert.equal(socket.of('send').length, 3);
  });

  it('gives up what is discarded, and what could not be sent for a day', async () => {
    const world = scripted();
    const a = await world.client.send('p2p-bob', { content: 'a' });
    await say(world, 'b');
    await world.client.discard(a.idClient);
    assert.deepEqual(shown(world), ['b sending']);
    await world.clock.advance(24 * 3_600_000 - 1);
    assert.deepEqual(shown(world), ['b sending']);
    await world.clock.advance(1);
    assert.deepEqual(shown(world), ['b fail']);
  });

  it('does not take a clock that was set for a day that has gone by', async () => {
    const world = scripted();
    await say(world, 'a');
    for (const days of [2, -2]) {
      world.clock.wallOffset += days * 24 * 3_600_000;
      await world.clock.advance(3_600_000);
      await say(world, 'b');
    }
    assert.deepEqual(shown(world), ['a sending', 'b sending', 'b sending']);
  });

  it('heals a failed message that was stored after all', async () => {
    const world = scripted();
    const { idClient } = await world.client.send('p2p-bob', { content: 'a' });
    await world.clock.advance(24 * 3_600_000);
    assert.deepEqual(shown(world), ['a fail']);
    const stored = message(1, { idClient, from: 'alice', content: 'a' });
    await live(world, [{ ...syncOf(1, 1), events: [stored] }]);
    await world.client.openTimeline('p2p-bob');
    assert.deepEqual(shown(world), ['a success']);
  });

  it('heals one that a page of history shows to be stored', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(81, 100, { readSeq: 100, unread: 0 })]);
    const { idClient } = await world.client.send('p2p-bob', { content: 'a' });
    await socket.push(nack(socket, { code: 403, message: 'no', retry: false }));
    assert.deepEqual(shown(world), ['a fail']);
    const told: string[] = [];
    world.client.on('send', (detail) => told.push(detail.message.idClient));
    const reading = world.client.history('p2p-bob', { before: 81, limit: 1 });
    await world.clock.advance(0);
    const stored = message(80, { idClient, from: 'alice', content: 'a' });
    const { r } = socket.last('get')!;
    await socket.push({ t: 'page', r, cid: 'p2p-bob', from: 80, to: 80, head: 100, events: [stored] });
    assert.equal((await reading)[0]?.status, 'success');
    assert.deepEqual(told, [idClient]);
    await world.client.resend(idClient);
    assert.equal(socket.of('send').length, 1);
    void world.client.openTimeline('p2p-bob');
    await world.clock.advance(0);
    assert.ok(world.client.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    assert.equal(shown(world).includes('a fail'), false);
  });

  it('asks the log when something is acked that was given up here', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 1)]);
    await world.client.openTimeline('p2p-bob');
    const { idClient } = await world.client.send('p2p-bob', { content: 'a' });
    await world.client.discard(idClient);
    await socket.push(ack(socket, 2, 0));
    await world.clock.advance(300);
    const asked = socket.last('get')!;
    const stored = message(2, { idClient, from: 'alice', content: 'a' });
    await socket.push({ t: 'page', r: asked.r, cid: 'p2p-bob', from: 2, to: 2, head: 2, events: [stored] });
    assert.deepEqual(shown(world), ['m1 success', 'a success']);
  });

  it('refuses what breaks a limit, in words, and keeps nothing of it', async () => {
    const world = scripted();
    const cases = [
      [{ content: 'x'.repeat(5_001) }, 405],
      [{ content: '  \n' }, 414],
      [{ content: 'a\0b' }, 414],
      [{ content: 'lone \ud800' }, 414],
      [{ type: 'notification' as never, content: 'x' }, 414],
      [{ content: 'x', custom: 'y'.repeat(1_025) }, 405],
    ] as const;
    for (const [draft, code] of cases)
      await assert.rejects(world.client.send('p2p-bob', draft), (error: { code?: number }) => error.code === code);
    await assert.rejects(world.client.send('bob', { content: 'x' }), { name: 'ChatError', code: 414 });
    assert.deepEqual(shown(world), []);
  });
});
