import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';

describe('a read marker', () => {
  it('F41: moves forward only, never past the head, and is told to both sides', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, phone] = await server.connectAll('alice', 'bob', 'bob');
    for (let i = 0; i < 5; i++) await alice.text('p2p-bob', `${i}`);
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 3 });
    for (const client of [bob, phone])
      assert.deepEqual((await client.expect('user')).event, {
        kind: 'read',
        u: 1,
        cid: 'p2p-alice',
        seq: 3,
        unread: 2,
        head: 5,
      });
    assert.deepEqual((await alice.expect('user')).event, { kind: 'peer-read', u: 1, cid: 'p2p-bob', seq: 3 });
    // From two devices, out of order, and beyond the head.
    phone.send({ t: 'read', cid: 'p2p-alice', seq: 2 });
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 3 });
    assert.deepEqual(await phone.rest('user'), []);
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 1_000 });
    const { event } = await phone.expect('user');
    assert.deepEqual(event, { kind: 'read', u: 2, cid: 'p2p-alice', seq: 5, unread: 0, head: 5 });
    assert.ok((await alice.expect('user')).event.kind === 'peer-read');
    bob.send({ t: 'conversation', r: 1, cid: 'p2p-alice' });
    const { conversation } = await bob.expect('conversation');
    assert.deepEqual([conversation.readSeq, conversation.unread, conversation.peerReadSeq], [5, 0, 0]);
    alice.send({ t: 'conversation', r: 1, cid: 'p2p-bob' });
    assert.equal((await alice.expect('conversation')).conversation.peerReadSeq, 5);
    assert.deepEqual(await alice.rest('user'), []);
  });

  it('does not count one’s own messages as unread', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', '1');
    await bob.text('p2p-alice', '2');
    await alice.text('p2p-bob', '3');
    for (const [client, cid, unread] of [
      [alice, 'p2p-bob', 1],
      [bob, 'p2p-alice', 2],
    ] as const) {
      client.send({ t: 'conversation', r: 1, cid });
      assert.equal((await client.expect('conversation')).conversation.unread, unread);
    }
  });
});

describe('typing', () => {
  it('reaches the other side, once they have spoken', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    alice.send({ t: 'typing', cid: 'p2p-bob', on: true });
    assert.deepEqual(await alice.rest('error'), []);
    assert.deepEqual(await bob.rest('user'), [], 'not a way to knock at a stranger’s door');
    await alice.text('p2p-bob', 'hello');
    for (const on of [true, false]) {
      alice.send({ t: 'typing', cid: 'p2p-bob', on });
      assert.deepEqual((await bob.expect('user')).event, { kind: 'typing', cid: 'p2p-alice', account: 'alice', on });
    }
    assert.deepEqual(await alice.rest('user'), []);
  });
});

describe('presence', () => {
  it('is told as it stands, then as it changes, and only of those watched', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await server.connect('carol').then((early) => early.close());
    for (const other of ['bob', 'carol']) await alice.text(`p2p-${other}`, 'hello');
    alice.send({ t: 'watch', accounts: ['bob', 'carol', 'bob'] });
    assert.deepEqual((await alice.expect('user')).event, { kind: 'presence', account: 'bob', online: true });
    const away = (await alice.expect('user')).event;
    assert.ok(away.kind === 'presence' && away.account === 'carol' && !away.online);
    const phone = await server.connect('bob');
    const carol = await server.connect('carol');
    assert.deepEqual((await alice.expect('user')).event, { kind: 'presence', account: 'carol', online: true });
    await bob.close();
    await carol.close();
    const gone = (await alice.expect('user')).event;
    assert.ok(gone.kind === 'presence' && gone.account === 'carol' && !gone.online && gone.lastSeen! > 0);
    alice.send({ t: 'watch', accounts: ['carol'] });
    const again = (await alice.expect('user')).event;
    assert.ok(again.kind === 'presence' && again.account === 'carol' && again.lastSeen! > 0);
    await phone.close();
    assert.deepEqual(await alice.rest('user'), [], 'bob is no longer watched');
  });
});
