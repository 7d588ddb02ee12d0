import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { live, scripted, syncOf } from './helpers/scripted.js';

describe('a read mark', () => {
  it('F47: that the server could not take goes out again when it says so, and not once it has it', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 3)]);
    world.client.markRead('p2p-bob');
    await world.clock.advance(150);
    assert.equal(socket.of('read').length, 1);
    await socket.push({ t: 'error', code: 503, message: 'try again', afterMs: 2_000 });
    await world.clock.advance(1_900);
    assert.equal(socket.of('read').length, 1);
    await world.clock.advance(300);
    assert.deepEqual(socket.last('read'), { t: 'read', cid: 'p2p-bob', seq: 3 });
    assert.equal(socket.of('read').length, 2);
    await socket.push({ t: 'user', event: { kind: 'read', u: 1, cid: 'p2p-bob', seq: 3, unread: 0, head: 3 } });
    await socket.push({ t: 'error', code: 503, message: 'of something else', afterMs: 1_000 });
    await world.clock.advance(5_000);
    assert.equal(socket.of('read').length, 2);
  });
});
