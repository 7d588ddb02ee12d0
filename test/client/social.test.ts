import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChatClient } from '../../src/client/chat-client.js';
import { connected, texts, until } from './helpers/until.js';
import { World } from './helpers/world.js';

describe('with the real server', () => {
  let world: World;
  let alice: ChatClient;
  let bob: ChatClient;
  beforeEach(async () => {
    world = await World.open();
    [alice, bob] = [world.connect('alice'), world.connect('bob')];
    await Promise.all([connected(alice), connected(bob)]);
  });
  afterEach(() => world.close());

  const say = async (from: ChatClient, to: ChatClient, count: number, first = 0): Promise<void> => {
    const cid = `p2p-${from.account}`;
    const before = to.conversation(cid)?.lastSeq ?? 0;
    for (let i = 0; i < count; i++) await from.send(`p2p-${to.account}`, { content: `${first + i}` });
    await until(to, () => (to.conversation(cid)?.lastSeq ?? 0) >= before + count);
    await until(from, () => from.timeline(`p2p-${to.account}`).messages.every(({ status }) => status === 'success'));
  };

  it('markers: unread counts up, reading clears it here, on the other device, and is seen by the other person', async () => {
    const phone = world.connect('bob');
    await connected(phone);
    await say(alice, bob, 3);
    await until(phone, () => phone.conversation('p2p-alice')?.unread === 3);
    bob.markRead('p2p-alice', 2);
    assert.equal(bob.conversation('p2p-alice')?.unread, 1);
    await until(phone, () => phone.conversation('p2p-alice')?.unread === 1);
    await until(alice, () => alice.conversation('p2p-bob')?.peerReadSeq === 2);
    bob.markRead('p2p-alice', 1);
    assert.equal(bob.conversation('p2p-alice')?.readSeq, 2);
    phone.markRead('p2p-alice');
    await until(bob, () => bob.unreadTotal === 0);
    await until(alice, () => alice.conversation('p2p-bob')?.peerReadSeq === 3);
  });

  it('markers set without a link are sent with the next one', async () => {
    await say(alice, bob, 2);
    await bob.close();
    bob.markRead('p2p-alice');
    assert.equal(bob.unreadTotal, 0);
    bob.connect();
    await until(alice, () => alice.conversation('p2p-bob')?.peerReadSeq === 2);
    await until(bob, () => bob.connection.state === 'connected');
    assert.equal(bob.unreadTotal, 0);
  });

  it('one’s own other device sees what one writes, as one’s own', async () => {
    const phone = world.connect('alice');
    await connected(phone);
    await phone.openTimeline('p2p-bob');
    await say(alice, bob, 2);
    await until(phone, () => texts(phone, 'p2p-bob').length === 2);
    assert.deepEqual(
      phone.timeline('p2p-bob').messages.map(({ flow, status }) => `${flow} ${status}`),
      ['out success', 'out success'],
    );
    assert.equal(phone.unreadTotal, 0);
  });

  it('typing: seen by the other one, over with the message', async () => {
    await say(alice, bob, 1);
    alice.setTyping('p2p-bob', true);
    await until(bob, () => bob.typing('p2p-alice').includes('alice'));
    await say(alice, bob, 1);
    await until(bob, () => bob.typing('p2p-alice').length === 0);
    alice.setTyping('p2p-bob', true);
    await until(bob, () => bob.typing('p2p-alice').length === 1);
    alice.setTyping('p2p-bob', false);
    await until(bob, () => bob.typing('p2p-alice').length === 0);
  });

  it('presence: of whom somebody looks at, as long as somebody does', async () => {
    await say(alice, bob, 1);
    const off = alice.watchPresence('bob');
    const second = alice.watchPresence('bob');
    await until(alice, () => alice.presence('bob')?.online === true);
    await bob.close();
    await until(alice, () => alice.presence('bob')?.online === false);
    off();
    off();
    assert.equal(alice.presence('bob')?.online, false);
    second();
    assert.equal(alice.presence('bob'), undefined);
    bob.connect();
  });

  it('presence: without a link nobody is said to be there, and with the next one it is known again', async () => {
    await say(alice, bob, 1);
    alice.watchPresence('bob');
    await until(alice, () => alice.presence('bob')?.online === true);
    await alice.close();
    assert.equal(alice.presence('bob'), undefined);
    alice.connect();
    await until(alice, () => alice.presence('bob')?.online === true);
  });

  it('history: all of 420 messages from a client that knew nothing, in order', async () => {
    await say(alice, bob, 420);
    const later = world.connect('bob');
    await connected(later);
    await until(later, () => !later.conversationsLoading);
    later.markRead('p2p-alice');
    await later.openTimeline('p2p-alice');
    while (later.timeline('p2p-alice').hasOlder) await later.loadOlder('p2p-alice');
    assert.deepEqual(
      texts(later, 'p2p-alice'),
      Array.from({ length: 420 }, (_, i) => `${i}`),
    );
    assert.deepEqual(
      await later.history('p2p-alice', { before: 101, limit: 2 }).then((all) => all.map(({ content }) => content)),
      ['98', '99'],
    );
  });

  it('a long absence: the hole stays where it was, and closes from either side', async () => {
    await say(alice, bob, 30);
    await bob.openTimeline('p2p-alice');
    await bob.close();
    for (let i = 30; i < 400; i++) await alice.send('p2p-bob', { content: `${i}` });
    await until(alice, () => alice.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    bob.connect();
    await until(bob, () => bob.conversation('p2p-alice')?.lastSeq === 400);
    assert.equal(texts(bob, 'p2p-alice').length, 30);
    assert.equal(bob.timeline('p2p-alice').hasNewer, true);
    assert.equal(bob.unreadTotal, 400);
    while (bob.timeline('p2p-alice').hasNewer) await bob.loadNewer('p2p-alice');
    assert.deepEqual(
      texts(bob, 'p2p-alice'),
      Array.from({ length: 400 }, (_, i) => `${i}`),
    );
  });

  it('conversations: opened by name, pinned, muted, and refused where there is nobody', async () => {
    const opened = await alice.openConversation('p2p-bob');
    assert.equal(opened.to, 'bob');
    await assert.rejects(alice.openConversation('p2p-nobody'), { name: 'ChatError', code: 404 });
    await assert.rejects(alice.openConversation('no id'), { name: 'ChatError', code: 414 });
    const carol = world.connect('carol');
    await connected(carol);
    await say(alice, bob, 1);
    await say(alice, carol, 1);
    assert.deepEqual(
      alice.conversations().map(({ id }) => id),
      ['p2p-carol', 'p2p-bob'],
    );
    const phone = world.connect('alice');
    await until(phone, () => phone.conversations().length === 2);
    await alice.updateConversation('p2p-bob', { pinned: true, custom: '{"a":1}' });
    assert.deepEqual(
      alice.conversations().map(({ id }) => id),
      ['p2p-bob', 'p2p-carol'],
    );
    await until(phone, () => phone.conversations()[0]?.id === 'p2p-bob');
    assert.equal(phone.conversations()[0]?.custom, '{"a":1}');
  });

  it('a message that the server will not have fails in sight', async () => {
    const { idClient } = await alice.send('p2p-nobody', { content: 'is anybody there?' });
    const failed = await until(alice, () =>
      alice.timeline('p2p-nobody').messages.find(({ status }) => status === 'fail'),
    );
    assert.equal(failed.idClient, idClient);
    await alice.discard(idClient);
    assert.deepEqual(texts(alice, 'p2p-nobody'), []);
  });
});
