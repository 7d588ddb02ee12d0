import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFrame } from '../../src/protocol/frames.js';
import { ChatServer } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';

/** Everything that names a conversation, in the name of `cid`. */
const framesAbout = (cid: string): ClientFrame[] => [
  { t: 'get', r: 1, cid },
  { t: 'get', r: 1, cid, from: 1, to: 10 },
  { t: 'conversation', r: 1, cid },
  { t: 'settings', r: 1, cid, pinned: true },
  { t: 'read', cid, seq: 1 },
  { t: 'typing', cid, on: true },
  { t: 'send', idClient: crypto.randomUUID(), cid, type: 'text', content: 'x' },
];

async function answerTo(client: WireClient, frame: ClientFrame): Promise<string> {
  client.send(frame);
  const answer = await client.expectAny(['error', 'nack', 'page', 'conversation', 'ack']);
  return answer.t === 'error' || answer.t === 'nack' ? `${answer.code} ${answer.message}` : answer.t;
}

describe('a stranger', () => {
  it('gets from no frame anything of a conversation that is not his or hers', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
    await alice.text('p2p-bob', 'between us');
    await bob.expect('event');
    // A one-to-one conversation is named by its other member: what eve can name is her own with each of them, and that is empty.
    for (const cid of ['p2p-alice', 'p2p-bob']) {
      eve.send({ t: 'get', r: 1, cid });
      const page = await eve.expect('page');
      assert.deepEqual([page.from, page.to, page.head, page.events], [1, 0, 0, []]);
      eve.send({ t: 'conversation', r: 2, cid });
      const { conversation } = await eve.expect('conversation');
      assert.deepEqual([conversation.lastSeq, conversation.unread, conversation.lastMsg], [0, 0, undefined]);
      eve.send({ t: 'read', cid, seq: 1 });
      eve.send({ t: 'typing', cid, on: true });
      eve.send({ t: 'settings', r: 3, cid, muted: true });
      assert.equal((await eve.expect('error')).code, 404);
    }
    eve.send({ t: 'list', r: 4, limit: 10 });
    assert.deepEqual((await eve.expect('list')).items, []);
    for (const member of [alice, bob]) {
      assert.deepEqual(await member.rest('user'), []);
      assert.deepEqual(await member.rest('event'), []);
    }
  });

  it('cannot tell what does not exist from what is not his or hers', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    for (const [i, frame] of framesAbout('group-secret').entries()) {
      const answer = await answerTo(alice, frame);
      assert.match(answer, /^404 /, frame.t);
      assert.equal(await answerTo(alice, framesAbout('group-nowhere')[i]!), answer, frame.t);
      assert.match(await answerTo(alice, framesAbout('p2p-nobody')[i]!), /^404 /, frame.t);
      assert.match(await answerTo(alice, framesAbout('p2p-alice')[i]!), /^403 /, frame.t);
    }
  });

  it('speaks in nobody else’s name', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    alice.sendRaw('{"t":"send","idClient":"forged-id","cid":"p2p-bob","type":"text","content":"x","from":"carol"}');
    assert.equal((await alice.expect('nack')).code, 414);
    alice.sendRaw('{"t":"read","cid":"p2p-bob","seq":1,"account":"bob"}');
    assert.equal((await alice.expect('error')).code, 414);
    assert.deepEqual(await bob.rest('event'), []);
  });

  it('F37: learns nothing by naming foreign cursors in a resume', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, eve] = await server.connectAll('alice', 'bob', 'eve');
    await alice.text('p2p-bob', 'between us');
    await bob.text('p2p-eve', 'hello eve');
    const { epoch } = eve.all.find((frame) => frame.t === 'welcome')!;
    const again = await server.open();
    again.hello({
      account: 'eve',
      token: await server.token('eve'),
      resume: {
        epoch,
        u: 0,
        heads: [
          ['p2p-alice', 0],
          ['group-secret', 0],
          ['p2p-nobody', 0],
          ['p2p-eve', 0],
        ],
      },
    });
    await again.expect('synced');
    const synced = again.all.flatMap((frame) => (frame.t === 'sync' ? [frame.conversation.id] : []));
    assert.deepEqual(synced, ['p2p-bob']);
  });
});
