import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock, settle } from './helpers/fake-clock.js';
import { event, greet, live, message, scripted, syncOf, type Scripted } from './helpers/scripted.js';

const hour = 3_600_000;
const day = 24 * hour;

const stateOf = ({ client }: Scripted): string => client.connection.state;
const seqs = ({ client }: Scripted): (number | undefined)[] =>
  client.timeline('p2p-bob').messages.map(({ seq }) => seq);

/** A page with a window to hear signals from, live, in a conversation of three messages. */
async function page(options: Parameters<typeof scripted>[0] = {}) {
  const signals = new EventTarget();
  const world = scripted({ signals, ...options });
  const socket = await live(world, [syncOf(1, 3)]);
  await world.client.openTimeline('p2p-bob');
  const tell = async (type: string): Promise<void> => {
    signals.dispatchEvent(new Event(type));
    await settle();
  };
  return { world, socket, tell };
}

describe('sleep and return', () => {
  it('F25: after eight hours, of which the monotonic clock knows nothing, there is a new link at once', async () => {
    const { world, socket } = await page();
    const { client, clock, network } = world;
    await client.send('p2p-bob', { content: 'just before the lid was shut' });
    clock.wallOffset += 8 * hour;
    await clock.advance(2_000);
    assert.equal(stateOf(world), 'connecting', 'no wait before the next attempt');
    assert.ok(socket.closedByClient);
    await greet(world, [{ ...syncOf(4, 6), events: [message(4), message(5), message(6)] }]);
    assert.deepEqual(network.socket.last('hello')?.resume?.heads, [['p2p-bob', 3]]);
    assert.deepEqual(seqs(world), [1, 2, 3, 4, 5, 6, undefined]);
    assert.equal(network.socket.last('send')?.resend, true, 'what was under way is offered again');
  });

  it('F25: where the monotonic clock went on, too', async () => {
    const { world } = await page();
    await world.clock.advance(1_000);
    world.clock.sleep(8 * hour);
    await world.clock.advance(1_000);
    assert.equal(stateOf(world), 'connecting');
    await greet(world, [syncOf(4, 4)]);
    assert.deepEqual(seqs(world), [1, 2, 3, 4]);
  });

  for (const [off, on] of [
    ['freeze', 'resume'],
    ['pagehide', 'pageshow'],
  ] as const)
    it(`F25: ${off} lets go of the link, and ${on} brings it back without a reload`, async () => {
      const { world, socket, tell } = await page();
      await tell(off);
      assert.ok(socket.closedByClient, 'a page that holds a socket is not kept for the way back');
      assert.equal(stateOf(world), 'disconnected');
      await world.clock.advance(hour);
      assert.equal(world.network.sockets.length, 1, 'nothing is tried meanwhile');
      await tell(on);
      await greet(world, [syncOf(4, 5)]);
      assert.equal(stateOf(world), 'connected');
      assert.deepEqual(seqs(world), [1, 2, 3, 4, 5]);
    });

  it('F25: a client that is closed is not woken by a page that comes back', async () => {
    const { world, tell } = await page();
    await tell('pagehide');
    await world.client.close();
    await tell('pageshow');
    assert.equal(stateOf(world), 'disconnected');
    assert.equal(world.network.sockets.length, 1);
    assert.equal(world.clock.pending, 0);
  });

  it('F25: a hidden tab whose timers run once a minute stays connected, by answering the server’s pings', async () => {
    class ThrottledClock extends FakeClock {
      override setTimeout(run: () => void, ms: number): number {
        return super.setTimeout(run, Math.ceil(ms / 60_000) * 60_000);
      }
    }
    const world = scripted({ signals: new EventTarget() }, new ThrottledClock());
    const socket = await live(world, [syncOf(1, 3)]);
    for (let ping = 0; ping < 24; ping++) {
      await world.clock.advance(25_000);
      await socket.push({ t: 'ping' });
    }
    assert.equal(socket.of('pong').length, 24);
    assert.equal(stateOf(world), 'connected');
    assert.equal(world.network.sockets.length, 1);
  });

  for (const [where, by] of [
    ['forward', day],
    ['back', -day],
  ] as const)
    it(`F16: a clock that is set ${where} by a day loses nothing, and asks for no token in a loop`, async () => {
      let asked = 0;
      const getToken = (): Promise<{ token: string; expiresIn: number }> => {
        asked++;
        return Promise.resolve({ token: 'token', expiresIn: 3_600 });
      };
      const { world, socket } = await page({ getToken });
      const { client, clock, network } = world;
      await client.send('p2p-bob', { content: 'before' });
      clock.wallOffset += by;
      await client.send('p2p-bob', { content: 'after' });
      await clock.advance(3_000);
      if (network.socket !== socket) await greet(world);
      await network.socket.push(event(message(4)));
      const { messages } = client.timeline('p2p-bob');
      assert.deepEqual(
        messages.map(({ content }) => content),
        ['m1', 'm2', 'm3', 'm4', 'before', 'after'],
        'stored ones by their number, then one’s own as they were written',
      );
      assert.ok(
        messages.every(({ status }) => status !== 'fail'),
        'a day has not passed',
      );
      await clock.advance(5_000);
      assert.equal(stateOf(world), 'connected');
      assert.ok(asked <= 2, `asked ${asked} times`);
    });
});
