import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { welcome, type FakeSocket } from './helpers/fake-network.js';
import { event, live, message, messages, scripted, syncOf, type Scripted } from './helpers/scripted.js';
import { settle } from './helpers/fake-clock.js';

const shown = ({ client }: Scripted): [number | undefined, number | undefined, number] => {
  const { messages: list } = client.timeline('p2p-bob');
  return [list[0]?.seq, list.at(-1)?.seq, list.length];
};
async function page(socket: FakeSocket, from: number, to: number, head = to): Promise<void> {
  const { r, cid } = socket.last('get')!;
  await socket.push({ t: 'page', r, cid, from, to, head, events: messages(from, to) });
}

describe('history', () => {
  it('opens with what the cache has, and fills the page from the server', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(981, 1_000, { readSeq: 1_000, unread: 0 })]);
    const opening = world.client.openTimeline('p2p-bob');
    await settle();
    assert.deepEqual(shown(world), [981, 1_000, 20]);
    assert.equal(world.client.timeline('p2p-bob').loading, 'initial');
    const { before, limit } = socket.last('get')!;
    assert.deepEqual([before, limit], [981, 30]);
    await page(socket, 951, 980, 1_000);
    await opening;
    assert.deepEqual(shown(world), [951, 1_000, 50]);
    assert.deepEqual(
      { ...world.client.timeline('p2p-bob'), messages: 0 },
      { messages: 0, hasOlder: true, hasNewer: false, loading: 'none' },
    );
  });

  it('reaches back to the first unread message when a page can hold it, and begins there when it can not', async () => {
    for (const [unread, limit] of [
      [0, 30],
      [70, 60],
      [290, 280],
      [291, 50],
      [5_000, 50],
    ] as const) {
      const world = scripted();
      const socket = await live(world, [syncOf(9_981, 10_000, { readSeq: 10_000 - unread, unread })]);
      void world.client.openTimeline('p2p-bob');
      await settle();
      assert.equal(socket.last('get')?.limit, limit, `${unread} unread`);
      const { from } = socket.last('get')!;
      assert.equal(from, unread > 290 ? 10_000 - unread - 9 : undefined, `${unread} unread`);
    }
  });

  it('pages back over holes to the beginning, asking for nothing twice', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(101, 150, { readSeq: 150, unread: 0 })]);
    await world.client.openTimeline('p2p-bob');
    const first = world.client.timeline('p2p-bob').messages[0];
    const [older, again] = [world.client.loadOlder('p2p-bob'), world.client.loadOlder('p2p-bob')];
    assert.equal(world.client.timeline('p2p-bob').loading, 'older');
    await settle();
    await page(socket, 51, 100, 150);
    await Promise.all([older, again]);
    assert.deepEqual(shown(world), [51, 150, 100]);
    assert.equal(world.client.timeline('p2p-bob').messages[50], first);
    const last = world.client.loadOlder('p2p-bob');
    await settle();
    await page(socket, 1, 50, 150);
    await last;
    assert.equal(world.client.timeline('p2p-bob').hasOlder, false);
    await world.client.loadOlder('p2p-bob');
    assert.equal(socket.of('get').length, 2);
    world.client.releaseTimeline('p2p-bob');
    assert.deepEqual(shown(world), [undefined, undefined, 0]);
    await world.client.openTimeline('p2p-bob');
    await world.client.loadOlder('p2p-bob');
    assert.deepEqual(shown(world), [51, 150, 100]);
    assert.equal(socket.of('get').length, 2);
  });

  it('goes forward from a hole to the end', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 50)]);
    await world.client.openTimeline('p2p-bob');
    await socket.push(syncOf(381, 400));
    assert.equal(world.client.timeline('p2p-bob').hasNewer, true);
    await socket.push(event(message(401)));
    assert.deepEqual(shown(world), [1, 50, 50]);
    for (const [from, to] of [
      [51, 100],
      [101, 150],
      [151, 200],
      [201, 250],
      [251, 300],
      [301, 350],
      [351, 400],
    ] as const) {
      const newer = world.client.loadNewer('p2p-bob');
      await settle();
      assert.deepEqual([socket.last('get')?.from, socket.last('get')?.to], [from, to]);
      await page(socket, from, to, 401);
      await newer;
    }
    await world.client.loadNewer('p2p-bob');
    assert.deepEqual(shown(world), [1, 401, 401]);
    assert.equal(world.client.timeline('p2p-bob').hasNewer, false);
  });

  it('keeps what arrives while the first page is on its way', async () => {
    const world = scripted();
    const socket = await live(world);
    const opening = world.client.openTimeline('p2p-bob');
    await settle();
    await socket.push(event(message(4)));
    await page(socket, 1, 3, 3);
    await opening;
    assert.deepEqual(shown(world), [1, 4, 4]);
  });

  it('opens an empty conversation', async () => {
    const world = scripted();
    const socket = await live(world);
    const opening = world.client.openTimeline('p2p-bob');
    await settle();
    await page(socket, 1, 0, 0);
    await opening;
    assert.deepEqual(world.client.timeline('p2p-bob'), {
      messages: [],
      hasOlder: false,
      hasNewer: false,
      loading: 'none',
    });
    await socket.push(event(message(1)));
    assert.deepEqual(shown(world), [1, 1, 1]);
  });

  it('waits for the link when the cache has nothing, and tells what went wrong as an error', async () => {
    const world = scripted();
    const errors: unknown[] = [];
    world.client.on('error', ({ error }) => errors.push((error as { code?: number }).code));
    const opening = world.client.openTimeline('p2p-bob');
    await settle();
    assert.equal(world.client.timeline('p2p-bob').loading, 'initial');
    const socket = await live(world);
    const { r } = socket.last('get')!;
    await socket.push({ t: 'error', r, code: 403, message: 'not yours' });
    await opening;
    assert.equal(world.client.timeline('p2p-bob').loading, 'none');
    assert.deepEqual(errors, [403]);
  });

  it('asks again what the server was too busy for, and what a broken link took along', async () => {
    const world = scripted();
    const socket = await live(world);
    const reading = world.client.history('p2p-bob', { limit: 10 });
    await settle();
    await socket.push({ t: 'error', r: socket.last('get')!.r, code: 416, message: 'slowly', afterMs: 500 });
    await world.clock.advance(500);
    assert.equal(socket.of('get').length, 2);
    await socket.end();
    await world.clock.advance(world.clock.untilNext);
    const again = world.network.socket;
    await again.accept();
    await again.push(welcome());
    await page(again, 1, 3);
    assert.equal((await reading).length, 3);
  });

  it('gives a program a range without touching the timeline', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(81, 100)]);
    const newest = await world.client.history('p2p-bob', { limit: 5 });
    assert.deepEqual(
      newest.map(({ seq }) => seq),
      [96, 97, 98, 99, 100],
    );
    const older = world.client.history('p2p-bob', { before: 81, limit: 5 });
    await settle();
    await page(socket, 76, 80, 100);
    assert.deepEqual(
      (await older).map(({ seq }) => seq),
      [76, 77, 78, 79, 80],
    );
    assert.equal(world.client.timeline('p2p-bob').messages.length, 0);
    await world.client.history('p2p-bob', { before: 81, limit: 5 });
    assert.equal(socket.of('get').length, 1);
  });

  it('keeps every object of what did not change', async () => {
    const world = scripted();
    const socket = await live(world, [syncOf(1, 50)]);
    await world.client.openTimeline('p2p-bob');
    const before = world.client.timeline('p2p-bob');
    assert.equal(world.client.timeline('p2p-bob'), before);
    await socket.push(event(message(51)));
    const now = world.client.timeline('p2p-bob');
    assert.notEqual(now, before);
    before.messages.forEach((known, index) => assert.equal(now.messages[index], known));
  });
});
