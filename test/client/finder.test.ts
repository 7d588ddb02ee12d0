import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { until } from './helpers/until.js';
import { World } from './helpers/world.js';

const fast = { perSecond: 1e6, burst: 1e6 };
const tuning = { sendsPerConnection: fast, sendsPerAccount: fast, searchesPerAccount: fast, frames: fast };

describe('finding again, with a real server', () => {
  let world: World;
  let alice: ChatClient;
  let bob: ChatClient;
  const contents = (list: readonly { readonly content?: string }[]): (string | undefined)[] =>
    list.map(({ content }) => content);

  before(async () => {
    world = await World.open({ tuning });
    [alice, bob] = [world.connect('alice'), world.connect('bob')];
    await until(alice, () => alice.connection.state === 'connected');
    await until(bob, () => bob.connection.state === 'connected');
    for (let i = 1; i <= 700; i++)
      void alice.send('p2p-bob', { content: i === 7 ? '我们明天去 https://example.org 吧' : `message ${i}` });
    await until(bob, () => bob.conversation('p2p-alice')?.lastSeq === 700);
    await until(alice, () => alice.conversation('p2p-bob')?.lastSeq === 700);
  });
  after(() => world.close());

  it('finds messages, people and conversations', async () => {
    const found = await bob.search('明天');
    assert.deepEqual(contents(found.messages), ['我们明天去 https://example.org 吧']);
    assert.deepEqual([found.messages[0]!.conversationId, found.messages[0]!.seq], ['p2p-alice', 7]);
    assert.equal(found.offline, false);
    const named = await bob.search('ali');
    assert.deepEqual(
      named.people.map(({ account }) => account),
      ['alice'],
    );
    assert.deepEqual(
      named.conversations.map(({ id }) => id),
      ['p2p-alice'],
    );
    const inside = await bob.search('message', { conversationId: 'p2p-alice', limit: 3 });
    assert.deepEqual(contents(inside.messages), ['message 700', 'message 699', 'message 698']);
    assert.deepEqual([inside.more, inside.people.length], [true, 0]);
    assert.deepEqual((await bob.search('  ')).messages, []);
  });

  it('jumps to what was found, and to a moment', async () => {
    const [hit] = (await bob.search('明天')).messages;
    await bob.openAt('p2p-alice', hit!.seq!);
    assert.ok(bob.timeline('p2p-alice').messages.some(({ seq }) => seq === 7));
    assert.equal(bob.timeline('p2p-alice').hasNewer, true);
    assert.ok((await bob.seqAt('p2p-alice', hit!.time)) <= 7);
    assert.equal(await bob.seqAt('p2p-alice', Date.now() + 1e9), 700);
    assert.equal(await bob.seqAt('p2p-alice', 0), 1);
  });

  it('reads back all of it: every message once, oldest first, with progress, until it is stopped', async () => {
    const steps: [number, number][] = [];
    const { messages, names } = await bob.exportConversation('p2p-alice', (done, total) => steps.push([done, total]));
    assert.deepEqual(
      messages.map(({ seq }) => seq),
      Array.from({ length: 700 }, (_, i) => i + 1),
    );
    assert.deepEqual(steps, [
      [300, 700],
      [600, 700],
      [700, 700],
    ]);
    assert.equal(names.get('alice'), 'alice');
    const stop = new AbortController();
    await assert.rejects(
      bob.exportConversation('p2p-alice', () => stop.abort(), stop.signal),
      { name: 'AbortError' },
    );
  });

  it('lists addresses', async () => {
    const { messages, more } = await bob.media('p2p-alice', 'links');
    assert.deepEqual(
      messages.map(({ seq }) => seq),
      [7],
    );
    assert.equal(more, false);
    assert.deepEqual((await bob.media('p2p-alice', 'media')).messages, []);
  });

  it('searches what it keeps where there is no link, and says so', async () => {
    await bob.history('p2p-alice', { before: 20, limit: 19 });
    await world.stop();
    await until(bob, () => bob.connection.state !== 'connected');
    const found = await bob.search('明天');
    assert.deepEqual(contents(found.messages), ['我们明天去 https://example.org 吧']);
    assert.equal(found.offline, true);
    const few = await bob.search('message', { limit: 2 });
    assert.deepEqual(contents(few.messages), ['message 700', 'message 699']);
    assert.equal(few.more, true);
    assert.deepEqual(
      (await bob.media('p2p-alice', 'links')).messages.map(({ seq }) => seq),
      [7],
    );
    assert.equal(await bob.seqAt('p2p-alice', 0), 1);
  });
});
