import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conversationId } from '../../src/protocol/ids.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';

const people = ['alice', 'bob', 'carol', 'eve'] as const;
/** What each pair that talks has between them; nobody else may ever see it. */
const secrets = new Map([
  ['alice bob', 'what alice and bob have between them'],
  ['alice carol', 'what alice and carol have between them'],
]);
const targets = [...people, 'nobody'].map((name) => conversationId('p2p', name)).concat('group-secret', 'group-1');

/** Every frame that names a conversation. */
const framesAbout = (
  cid: string,
  idClient: string = crypto.randomUUID(),
): { readonly t: string; readonly [field: string]: unknown }[] => [
  { t: 'get', r: 1, cid },
  { t: 'get', r: 1, cid, before: 10 },
  { t: 'get', r: 1, cid, from: 1, to: 300, limit: 300 },
  { t: 'conversation', r: 1, cid },
  { t: 'settings', r: 1, cid, pinned: false },
  { t: 'send', idClient, cid, type: 'text', content: 'from outside' },
  { t: 'read', cid, seq: 1 },
  { t: 'typing', cid, on: true },
];

/** The code of the refusal; 200 where there was none. `read` and `typing` are answered only when they are refused. */
async function codeOf(client: WireClient, frame: { t: string }): Promise<number> {
  const from = client.all.length;
  client.sendRaw(JSON.stringify(frame));
  client.send({ t: 'users', r: 77, accounts: [] });
  await client.expect('users', ({ r }) => r === 77);
  await client.rest('error');
  const refusal = client.all.slice(from).find((answer) => answer.t === 'error' || answer.t === 'nack');
  return refusal && 'code' in refusal ? refusal.code : 200;
}

async function talking(server: ChatServer): Promise<Map<string, WireClient>> {
  const clients = new Map<string, WireClient>();
  for (const name of people) clients.set(name, await server.connect(name));
  for (const [pair, text] of secrets) {
    const [one, other] = pair.split(' ') as [string, string];
    assert.equal((await clients.get(one)!.text(`p2p-${other}`, text)).t, 'ack');
  }
  return clients;
}

describe('what a connection may do', () => {
  it('S-8: everybody, every conversation, every frame: one’s own, or nothing', async (t) => {
    const server = await ChatServer.start(t);
    const clients = await talking(server);
    for (const [name, client] of clients)
      for (const cid of targets)
        for (const frame of framesAbout(cid)) {
          // Eve only tries to look: what she writes to somebody is her own conversation.
          if (frame.t === 'send' && people.some((other) => cid === `p2p-${other}`) && cid !== `p2p-${name}`) continue;
          const code = await codeOf(client, frame);
          const between = [...secrets.keys()].some((pair) => pair.includes(name) && pair.includes(cid.slice(4)));
          const empty = frame.t === 'settings' ? 404 : 200;
          const wanted =
            cid === `p2p-${name}` ? 403 : !people.some((other) => cid === `p2p-${other}`) ? 404 : between ? 200 : empty;
          assert.equal(code, wanted, `${name} ${JSON.stringify(frame)}`);
        }
    for (const [name, client] of clients)
      for (const [pair, text] of secrets)
        assert.equal(JSON.stringify(client.all).includes(text), pair.split(' ').includes(name), `${name}: ${pair}`);
    for (const client of [clients.get('eve')!])
      assert.deepEqual(
        client.all.filter(({ t }) => t === 'event' || t === 'user' || t === 'sync'),
        [],
        'she hears of nothing',
      );
  });

  it('S-8: a list, a resume and a look-up give nothing of others', async (t) => {
    const server = await ChatServer.start(t);
    await talking(server);
    const eve = await server.connect('eve');
    eve.send({ t: 'list', r: 1, limit: 200 });
    assert.deepEqual((await eve.expect('list')).items, []);
    eve.send({ t: 'users', r: 2, accounts: ['alice', 'bob'] });
    const { users } = await eve.expect('users');
    assert.deepEqual(
      users.map((user) => Object.keys(user)),
      [['account'], ['account']],
      'a public face and no more',
    );
    assert.doesNotMatch(JSON.stringify(eve.all), /between them/);
  });

  it('S-9: another’s cursors, connection, device or tab resume nothing of theirs', async (t) => {
    const server = await ChatServer.start(t);
    const alice = await server.connect('alice', { device: 'laptop', tab: 'tab-1' });
    await server.connect('bob');
    await alice.text('p2p-bob', 'between us');
    const { epoch, connection } = alice.all.find((frame) => frame.t === 'welcome')!;
    const eve = await server.open();
    const resume = { epoch, u: 0, heads: [['p2p-bob', 0]] as [string, number][] };
    eve.hello({ account: 'eve', token: await server.token('eve'), device: 'laptop', tab: 'tab-1', resume });
    await eve.expect('synced');
    assert.ok(!eve.all.some(({ t }) => t === 'sync'));
    assert.notEqual(eve.all.find((frame) => frame.t === 'welcome')!.connection, connection);
    assert.deepEqual(await alice.rest('bye'), [], 'the same tab name of another account ends nobody');
    const before = await server.open();
    before.sendRaw(JSON.stringify({ t: 'resume', connection, epoch, u: 0 }));
    assert.equal((await before.closed()).code, 4400, 'nothing is resumed before a token');
  });

  it('S-10: number, id, time and author are the server’s: a frame that brings them is refused', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const send = { t: 'send', cid: 'p2p-bob', type: 'text', content: 'x' };
    for (const [field, value] of Object.entries({
      from: 'carol',
      to: 'carol',
      account: 'carol',
      id: 'mine',
      seq: 99,
      n: 99,
      time: 1,
      status: 'success',
      flow: 'in',
      conversationId: 'p2p-carol',
      attach: { type: 'dismiss' },
      recalled: true,
      editTime: 1,
    })) {
      const idClient = crypto.randomUUID();
      alice.sendRaw(JSON.stringify({ ...send, idClient, [field]: value }));
      assert.equal((await alice.expect('nack', (frame) => frame.idClient === idClient)).code, 414, field);
    }
    const start = Date.now();
    const ack = await alice.text('p2p-bob', 'x', 'chosen-by-alice');
    assert.ok(ack.t === 'ack' && ack.seq === 1 && ack.time >= start && ack.id !== 'chosen-by-alice');
    const own = await bob.text('p2p-alice', 'mine', 'chosen-by-alice');
    assert.ok(own.t === 'ack' && !own.dup && own.id !== ack.id, 'an idClient is its sender’s own');
    assert.match(ack.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'and tells nothing');
  });

  it('S-27: what only a server says is not taken from a client, and reaches nobody', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', 'hello');
    await bob.expect('event');
    const message = { id: 'x', idClient: 'forged-by-alice', type: 'text', from: 'bob', time: 1, content: 'I owe you' };
    const forged = [
      { t: 'event', cid: 'p2p-bob', event: { kind: 'message', seq: 2, n: 2, message } },
      { t: 'event', cid: 'p2p-bob', event: { kind: 'recall', seq: 2 } },
      { t: 'edit', cid: 'p2p-bob', seq: 1, content: 'other words' },
      { t: 'recall', cid: 'p2p-bob', seq: 1 },
      { t: 'ack', idClient: 'forged-by-alice', id: 'x', cid: 'p2p-bob', seq: 2, n: 2, time: 1 },
      { t: 'user', event: { kind: 'read', u: 9, cid: 'p2p-alice', seq: 1, unread: 0 } },
      { t: 'user', event: { kind: 'peer-read', u: 9, cid: 'p2p-alice', seq: 1 } },
      { t: 'sync', conversation: { id: 'p2p-bob' }, from: 1, to: 1, events: [] },
      { t: 'welcome', account: 'bob' },
      { t: 'bye', code: 4401, message: 'go away' },
    ];
    for (const frame of forged) {
      alice.sendRaw(JSON.stringify(frame));
      assert.equal((await alice.expect('error')).code, 509, frame.t);
    }
    alice.sendRaw('{"t":"send","idClient":"notification","cid":"p2p-bob","type":"notification","content":"x"}');
    assert.equal((await alice.expect('nack')).code, 414);
    // A client deletes out of its own account's sight, and no further.
    alice.sendRaw('{"t":"delete","cid":"p2p-bob","seq":1}');
    assert.equal((await alice.expect('error')).code, 414);
    alice.send({ t: 'delete', r: 1, cid: 'p2p-bob', seqs: [1] });
    await alice.expect('done');
    assert.deepEqual([await bob.rest('event'), await bob.rest('user'), await bob.rest('bye')], [[], [], []]);
    bob.send({ t: 'get', r: 1, cid: 'p2p-alice' });
    assert.equal((await bob.expect('page')).events.length, 1);
  });

  it('S-53: what is not there, and what is not one’s own, are told in the same words', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const clients = await talking(server);
    const eve = clients.get('eve')!;
    const answer = async (cid: string, i: number): Promise<unknown> => {
      const from = eve.all.length;
      eve.sendRaw(JSON.stringify(framesAbout(cid, 'the-same-one')[i]));
      await eve.rest('error');
      return eve.all.slice(from).filter(({ t }) => t !== 'users');
    };
    for (const i of framesAbout('x').keys()) {
      const wanted = await answer('group-secret', i);
      for (const cid of ['group-1', 'group-nowhere', 'group-alice'])
        assert.deepEqual(await answer(cid, i), wanted, framesAbout(cid)[i]!.t);
    }
    // Alice talks with Bob, with Eve she does not: to Eve both look like somebody whom nobody has written to.
    for (const cid of ['p2p-alice', 'p2p-bob']) {
      eve.send({ t: 'conversation', r: 1, cid });
      const { conversation } = await eve.expect('conversation');
      assert.deepEqual([conversation.updateTime, conversation.lastSeq, conversation.peerReadSeq], [0, 0, undefined]);
    }
    // A wrong token says the same for an account that is there and one that is not, after the same one question to the store.
    let asked = 0;
    const account = storage.account.bind(storage);
    storage.account = (name) => (asked++, account(name));
    const refused: string[] = [];
    for (const name of ['alice', 'nobody-at-all']) {
      asked = 0;
      const client = await server.open();
      client.hello({ account: name, token: 'not-a-token' });
      refused.push(`${JSON.stringify(await client.expect('bye'))} ${asked}`);
    }
    assert.equal(refused[0], refused[1]);
  });

  it('S-54: typing and read marks reach the other member, and nobody else', async (t) => {
    const server = await ChatServer.start(t);
    const clients = await talking(server);
    const [alice, bob, carol, eve] = people.map((name) => clients.get(name)!) as [
      WireClient,
      WireClient,
      WireClient,
      WireClient,
    ];
    bob.send({ t: 'typing', cid: 'p2p-alice', on: true });
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 1 });
    await alice.expect('user', ({ event }) => event.kind === 'typing');
    await alice.expect('user', ({ event }) => event.kind === 'peer-read');
    // To somebody whom one has never written to, one cannot even knock.
    eve.send({ t: 'typing', cid: 'p2p-carol', on: true });
    await eve.rest('error');
    for (const client of [carol, eve]) assert.deepEqual(await client.rest('user'), []);
  });
});
