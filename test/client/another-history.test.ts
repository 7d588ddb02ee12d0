import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryCache } from '../../src/client/cache/memory-cache.js';
import type { LogEvent } from '../../src/protocol/model.js';
import { settle } from './helpers/fake-clock.js';
import { welcome } from './helpers/fake-network.js';
import { greet, live, message, scripted, syncOf, type Scripted } from './helpers/scripted.js';

/** A disk whose answers wait for the test. */
class SlowCache extends MemoryCache {
  gate: Promise<void> = Promise.resolve();

  override async events(...range: Parameters<MemoryCache['events']>): Promise<LogEvent[]> {
    const found = await super.events(...range);
    await this.gate;
    return found;
  }
}

const shown = ({ client }: Scripted): (string | undefined)[] =>
  client.timeline('p2p-bob').messages.map(({ content }) => content);
const restored = welcome({ epoch: 'e2' });
const ofRestored = {
  ...syncOf(1, 1),
  events: [message(1, { id: 'id-other', idClient: 'client-other', content: 'restored' })],
};

describe('a server that came back with another history', () => {
  it('F28: is not shown together with what the cache was slow to give of the former', async () => {
    const cache = new SlowCache();
    const world = scripted({ cache });
    const socket = await live(world, [syncOf(1, 3)]);
    let open = (): void => undefined;
    cache.gate = new Promise((done) => (open = done));
    const opening = world.client.openTimeline('p2p-bob');
    await settle();
    await socket.end();
    await world.clock.advance(2_000);
    await greet(world, [ofRestored], restored);
    open();
    await opening;
    assert.deepEqual(shown(world), ['restored']);
  });

  it('F28: is known as another by a page whose first greeting of the former was cut short', async () => {
    const world = scripted({ cache: new MemoryCache() });
    world.client.connect();
    await settle();
    await world.network.socket.accept();
    await world.network.socket.push(welcome(), syncOf(1, 1));
    await world.client.openTimeline('p2p-bob');
    assert.deepEqual(shown(world), ['m1']);
    await world.network.socket.end();
    await world.clock.advance(2_000);
    await greet(world, [{ ...syncOf(2, 2), events: [message(2)] }], restored);
    assert.ok(!shown(world).includes('m1'));
  });

  it('F28: … and by the next life of that page, which finds no cursor in its cache', async () => {
    const cache = new MemoryCache();
    const first = scripted({ cache });
    first.client.connect();
    await settle();
    await first.network.socket.accept();
    await first.network.socket.push(welcome(), syncOf(1, 1));
    await first.client.close();
    const second = scripted({ cache });
    const socket = await live(second, [{ ...syncOf(2, 2), events: [message(2)] }], restored);
    assert.equal(socket.last('hello')?.resume, undefined);
    void second.client.openTimeline('p2p-bob');
    await settle();
    assert.deepEqual(shown(second), ['m2']);
  });
});
