import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settle } from './helpers/fake-clock.js';
import { greet, live, scripted, type Scripted } from './helpers/scripted.js';

const stateOf = ({ client }: Scripted): string => client.connection.state;

describe('whether the link lives', () => {
  it('answers a ping from the message handler', async () => {
    const world = scripted();
    const socket = await live(world);
    await socket.push({ t: 'ping' });
    assert.equal(socket.of('pong').length, 1);
  });

  it('F10: takes silence for death, and makes a new link within 35 s', async () => {
    const world = scripted();
    const socket = await live(world);
    await world.clock.advance(20_000);
    await socket.push({ t: 'ping' });
    await world.clock.advance(33_900);
    assert.equal(stateOf(world), 'connected');
    await world.clock.advance(200);
    assert.equal(stateOf(world), 'disconnected');
    assert.ok(socket.closedByClient);
    await world.clock.advance(1_000);
    await greet(world);
    assert.equal(stateOf(world), 'connected');
  });

  for (const type of ['online', 'pageshow', 'visibilitychange'])
    it(`probes on ${type}, and lets go of a link that does not answer`, async () => {
      const signals = new EventTarget();
      const world = scripted({ signals });
      const socket = await live(world);
      signals.dispatchEvent(new Event(type));
      signals.dispatchEvent(new Event(type));
      assert.equal(socket.of('ping').length, 1);
      await socket.push({ t: 'pong' });
      await world.clock.advance(6_000);
      assert.equal(stateOf(world), 'connected');
      signals.dispatchEvent(new Event(type));
      await world.clock.advance(5_000);
      assert.equal(stateOf(world), 'disconnected');
      signals.dispatchEvent(new Event(type));
      await settle();
      assert.equal(stateOf(world), 'connecting');
    });

  it('does not probe when the page goes out of sight', async () => {
    const signals = new EventTarget() as EventTarget & { visibilityState?: string };
    signals.visibilityState = 'hidden';
    const world = scripted({ signals });
    const socket = await live(world);
    signals.dispatchEvent(new Event('visibilitychange'));
    assert.equal(socket.of('ping').length, 0);
  });

  it('F25: wakes from a long sleep with a link that is dead by the clock', async () => {
    const signals = new EventTarget();
    const world = scripted({ signals });
    await live(world);
    // Timers slept as long as the machine did.
    const { clock } = world;
    const asleep = clock.now.bind(clock);
    clock.now = () => asleep() + 8 * 3_600_000;
    signals.dispatchEvent(new Event('pageshow'));
    assert.equal(stateOf(world), 'disconnected');
  });

  it('stays ended when the network comes back after a final end', async () => {
    const signals = new EventTarget();
    const world = scripted({ signals });
    await (await live(world)).end(4409);
    signals.dispatchEvent(new Event('online'));
    await settle();
    assert.equal(world.network.sockets.length, 1);
  });

  it('listens to nothing after it was closed', async () => {
    const heard = new Map<string, number>();
    const signals = {
      addEventListener: (type: string) => heard.set(type, (heard.get(type) ?? 0) + 1),
      removeEventListener: (type: string) => heard.set(type, (heard.get(type) ?? 0) - 1),
      dispatchEvent: () => true,
    };
    const world = scripted({ signals: signals as unknown as EventTarget });
    await live(world);
    await world.client.close();
    assert.deepEqual([...new Set(heard.values())], [0]);
  });
});
