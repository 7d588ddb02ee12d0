import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { connected, texts, until } from '../client/helpers/until.js';
import { World } from '../client/helpers/world.js';
import { caughtUp } from './helpers/catch-up.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';

/** Short waits, so that a fault is over soon; what is tested does not depend on them. */
const timing = { reconnectMin: 10, reconnectMax: 100, ack: 400, handshake: 1_000, probe: 300 };

async function open(t: TestContext, options?: Parameters<typeof World.open>[0]): Promise<World> {
  const world = await World.open(options);
  t.after(() => world.close());
  return world;
}

const metric = async (world: World, name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${world.server.metricsPort}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')
      .at(-1) ?? 0,
  );
};

const reconnecting = (client: ChatClient): Promise<boolean> =>
  until(client, () => client.connection.state !== 'connected');

/** Timers and sockets of this process. */
const resources = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout' || kind === 'TCPSocketWrap').length;

describe('a network that fails', () => {
  it('F9: an ack that is lost, and five taps on "resend": it is there once', async (t) => {
    const world = await open(t);
    const alice = world.connect('alice', { timing: { ...timing, giveUp: 300 } });
    const bob = world.connect('bob', { timing });
    await Promise.all([connected(alice), connected(bob)]);
    await alice.openTimeline('p2p-bob');
    world.proxy.set({ blackhole: true }, ['down']);
    const { idClient } = await alice.send('p2p-bob', { content: 'once' });
    await until(alice, () => alice.timeline('p2p-bob').messages[0]?.status === 'fail');
    for (let tap = 0; tap < 5; tap++) void alice.resend(idClient);
    world.proxy.heal();
    await until(alice, () => alice.timeline('p2p-bob').messages[0]?.status === 'success');
    for (let tap = 0; tap < 5; tap++) void alice.resend(idClient);
    await alice.send('p2p-bob', { content: 'the next' });
    await until(alice, () => alice.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    await bob.openTimeline('p2p-alice');
    await caughtUp(bob, 'p2p-alice', 2);
    assert.deepEqual(
      bob.timeline('p2p-alice').messages.map(({ content, seq }) => [content, seq]),
      [
        ['once', 1],
        ['the next', 2],
      ],
    );
  });

  it('F11: a link that breaks a hundred times leaves one connection, and no timer or socket behind', async (t) => {
    const world = await open(t, { metricsPort: 0 });
    const [alice, bob] = [world.connect('alice', { timing }), world.connect('bob', { timing })];
    await Promise.all([connected(alice), connected(bob)]);
    await alice.openTimeline('p2p-bob');
    const before = resources();
    for (let i = 0; i < 100; i++) {
      const gone = reconnecting(alice);
      world.proxy.reset();
      await gone;
      if (i % 10 === 0) await alice.send('p2p-bob', { content: `${i}` });
      await connected(alice);
    }
    await connected(bob);
    await until(alice, () => alice.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    while ((await metric(world, 'im_connections ')) !== 2);
    assert.equal(world.proxy.connections, 2);
    // The last rounds' sockets may still be closing, and the question of the metrics has one of its own.
    assert.ok(resources() <= before + 6, `${before} before, ${resources()} after`);
    await bob.openTimeline('p2p-alice');
    await caughtUp(bob, 'p2p-alice', 10);
    assert.equal(bob.timeline('p2p-alice').messages.length, 10);
  });

  it('F12: a client that is back before the server saw it go takes the place of its old connection', async (t) => {
    const world = await open(t, { metricsPort: 0 });
    const [alice, bob] = [world.connect('alice', { timing }), world.connect('bob', { timing })];
    await Promise.all([connected(alice), connected(bob)]);
    await alice.openTimeline('p2p-bob');
    await bob.send('p2p-alice', { content: 'before' });
    const seen: (boolean | undefined)[] = [];
    bob.watchPresence('alice');
    await until(bob, () => bob.presence('alice')?.online);
    bob.on('presence', () => seen.push(bob.presence('alice')?.online));
    const gone = reconnecting(alice);
    world.proxy.set({ blackhole: true }, ['up']);
    world.proxy.reset('client');
    await gone;
    await bob.close();
    world.proxy.set({});
    await connected(alice);
    bob.connect();
    await connected(bob);
    await bob.send('p2p-alice', { content: 'after' });
    await until(alice, () => texts(alice, 'p2p-bob').length === 2);
    while ((await metric(world, 'im_connections ')) !== 2);
    assert.ok(!seen.includes(false), 'she was never away');
    assert.equal((await metric(world, 'im_closed_total{code="4409"}')) > 0, true, 'the old one was ended');
  });

  it('F14: one who reads 1 KiB a second in a busy conversation is cut off, and has everything once the line is good', async (t) => {
    const world = await open(t, { metricsPort: 0, tuning: { hardBuffer: 64 * 1024 } });
    const line = await TcpProxy.start(world.server.port);
    t.after(() => line.close());
    const alice = world.connect('alice', { timing });
    const bob = world.connect('bob', { server: `http://127.0.0.1:${line.port}`, timing });
    await Promise.all([connected(alice), connected(bob)]);
    await bob.openTimeline('p2p-alice');
    line.set({ bytesPerSecond: 1_024 }, ['down']);
    let last = 0;
    alice.on('send', ({ message: { seq = 0 } }) => (last = Math.max(last, seq)));
    let sent = 0;
    while ((await metric(world, 'im_closed_total{code="4408"}')) === 0) {
      for (let i = 0; i < 50; i++, sent++) await alice.send('p2p-bob', { content: '你'.repeat(5_000) });
      await until(alice, () => last === sent);
      assert.ok(sent < 5_000, 'the server keeps everything for one who does not read');
    }
    line.reset();
    line.set({});
    await caughtUp(bob, 'p2p-alice', sent);
    while (bob.timeline('p2p-alice').hasOlder) await bob.loadOlder('p2p-alice');
    assert.deepEqual(
      bob.timeline('p2p-alice').messages.map(({ seq }) => seq),
      Array.from({ length: sent }, (_, i) => i + 1),
    );
  });
});
