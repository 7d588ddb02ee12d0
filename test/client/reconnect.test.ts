import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

/** Short waits, so that a fault is over soon; what is tested does not depend on them. */
const timing = { reconnectMin: 20, reconnectMax: 200, ack: 500, handshake: 1_000, probe: 300 };

const disconnected = (client: ChatClient): Promise<boolean> =>
  until(client, () => client.connection.state === 'disconnected');

describe('through a network and a server that fail', () => {
  let world: World;
  let alice: ChatClient;
  let bob: ChatClient;
  beforeEach(async () => {
    world = await World.open({ tuning: { heartbeatMs: 200, tickMs: 50, silenceMs: 200, restartSpreadMs: 100 } });
    [alice, bob] = [world.connect('alice', { timing }), world.connect('bob', { timing })];
    await Promise.all([connected(alice), connected(bob)]);
    await alice.openTimeline('p2p-bob');
    await bob.openTimeline('p2p-alice');
  });
  afterEach(() => world.close());

  const both = (expected: string[]): Promise<unknown> =>
    Promise.all([
      until(
        alice,
        () =>
          texts(alice, 'p2p-bob').length >= expected.length &&
          alice.timeline('p2p-bob').messages.every(({ status }) => status === 'success'),
      ),
      until(bob, () => texts(bob, 'p2p-alice').length >= expected.length),
    ]).then(() => {
      assert.deepEqual(texts(alice, 'p2p-bob'), expected);
      assert.deepEqual(texts(bob, 'p2p-alice'), expected);
      assert.deepEqual(
        alice.timeline('p2p-bob').messages.map(({ seq }) => seq),
        expected.map((_, index) => index + 1),
      );
    });

  it('keeps what is written while the server is away, and sends it in order when it is back', async () => {
    await alice.send('p2p-bob', { content: '0' });
    await both(['0']);
    const seen: string[] = [];
    alice.on('connection', ({ state }) => seen.push(state));
    await world.stop();
    await disconnected(alice);
    for (const content of ['1', '2', '3']) await alice.send('p2p-bob', { content });
    assert.deepEqual(
      alice.timeline('p2p-bob').messages.map(({ status }) => status),
      ['success', 'sending', 'sending', 'sending'],
    );
    await world.start();
    await both(['0', '1', '2', '3']);
    assert.equal(seen.at(-1), 'connected');
  });

  it('brings what was said while one was away, and tells it', async () => {
    await alice.send('p2p-bob', { content: '0' });
    await both(['0']);
    await bob.close();
    for (const content of ['1', '2']) await alice.send('p2p-bob', { content });
    await until(
      alice,
      () => alice.timeline('p2p-bob').messages.filter(({ status }) => status === 'success').length === 3,
    );
    const told: unknown[] = [];
    bob.on('message', ({ message }) => told.push(message.content));
    bob.connect();
    await both(['0', '1', '2']);
    assert.deepEqual(told, ['1', '2']);
    assert.equal(bob.conversation('p2p-alice')?.unread, 3);
  });

  it('F9: stores a message once whose ack was lost, and shows it once', async () => {
    world.proxy.set({ blackhole: true }, ['down']);
    await alice.send('p2p-bob', { content: 'once' });
    await disconnected(alice);
    world.proxy.heal();
    await both(['once']);
    assert.deepEqual(await bob.history('p2p-alice').then((all) => all.map(({ seq }) => seq)), [1]);
  });

  for (const [what, directions] of [
    ['both ways', ['up', 'down']],
    ['upwards', ['up']],
    ['downwards', ['down']],
  ] as const)
    it(`F10: notices a network that is dead ${what} without a word, and loses nothing`, async () => {
      world.proxy.set({ blackhole: true }, directions);
      await alice.send('p2p-bob', { content: 'a' });
      await Promise.all([disconnected(alice), disconnected(bob)]);
      await bob.send('p2p-alice', { content: 'b' });
      world.proxy.heal();
      await until(
        alice,
        () => texts(alice, 'p2p-bob').length === 2 && alice.timeline('p2p-bob').messages.every(({ seq }) => seq),
      );
      await until(
        bob,
        () => texts(bob, 'p2p-alice').length === 2 && bob.timeline('p2p-alice').messages.every(({ seq }) => seq),
      );
      assert.deepEqual(texts(alice, 'p2p-bob'), texts(bob, 'p2p-alice'));
    });

  it('F11: holds through a link that breaks all the time', async () => {
    const expected: string[] = [];
    for (let i = 0; i < 60; i++) {
      const sent = alice.send('p2p-bob', { content: `${i}` });
      expected.push(`${i}`);
      if (i % 3 === 0) world.proxy.reset();
      await sent;
      if (i % 10 === 9) await connected(alice);
    }
    await both(expected);
    assert.ok(world.proxy.connections <= 2, `${world.proxy.connections} links for two clients`);
  });

  it('F13: gets through wherever in the greeting the link is cut', async () => {
    await bob.close();
    for (let byte = 0; byte < 2_000; byte += 97) {
      world.proxy.set({ cutAfter: byte }, ['down']);
      world.proxy.reset();
      await disconnected(alice);
      world.proxy.set({});
      await alice.send('p2p-bob', { content: `${byte}` });
      await until(alice, () => alice.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    }
    const all = alice.timeline('p2p-bob').messages;
    assert.deepEqual(
      all.map(({ seq }) => seq),
      all.map((_, index) => index + 1),
    );
  });

  it('comes back by itself after a long run of refusals', async () => {
    world.proxy.refuse();
    await disconnected(alice);
    let attempts = 0;
    alice.on('connection', ({ state }) => state === 'connecting' && attempts++);
    await until(alice, () => attempts > 5);
    world.proxy.heal();
    await connected(alice);
    await alice.send('p2p-bob', { content: 'still here' });
    await both(['still here']);
  });
});
