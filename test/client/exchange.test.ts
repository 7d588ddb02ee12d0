import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

describe('two people', () => {
  let world: World;
  before(async () => (world = await World.open()));
  after(() => world.close());

  it('write to each other', async () => {
    const alice = world.connect('alice');
    const bob = world.connect('bob');
    await Promise.all([connected(alice), connected(bob)]);
    await alice.openConversation('p2p-bob');
    await alice.openTimeline('p2p-bob');
    const arrived: string[] = [];
    bob.on('message', ({ message }) => arrived.push(message.content!));
    const sending = await alice.send('p2p-bob', { content: 'hello' });
    assert.equal(sending.status, 'sending');
    const sent = await until(alice, () =>
      alice.timeline('p2p-bob').messages.find(({ status }) => status === 'success'),
    );
    assert.equal(sent.idClient, sending.idClient);
    assert.equal(sent.seq, 1);
    await until(bob, () => arrived.length === 1);
    const entry = bob.conversation('p2p-alice')!;
    assert.equal(entry.unread, 1);
    assert.equal(bob.unreadTotal, 1);
    await bob.openTimeline('p2p-alice');
    assert.deepEqual(texts(bob, 'p2p-alice'), ['hello']);
    bob.markRead('p2p-alice');
    assert.equal(bob.unreadTotal, 0);
    await until(alice, () => alice.conversation('p2p-bob')?.peerReadSeq === 1);
    await bob.send('p2p-alice', { content: 'good day' });
    await until(alice, () => texts(alice, 'p2p-bob').length === 2);
    assert.deepEqual(texts(alice, 'p2p-bob'), ['hello', 'good day']);
  });
});
