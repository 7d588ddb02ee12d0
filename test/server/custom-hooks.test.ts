import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorCodes } from '../../src/protocol/codes.js';
import { RefusedError, type CustomMessage } from '../../src/server/create-server.js';
import { redPackets } from '../../src/server/red-packets.js';
import { ChatServer } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';

let count = 0;
const newId = (): string => `custom-${++count}-of-the-test`;

function offer(
  client: WireClient,
  cid: string,
  data: object,
  idClient = newId(),
): Promise<{ code?: number; seq?: number }> {
  client.send({ t: 'send', idClient, cid, type: 'custom', content: JSON.stringify(data) });
  return Promise.race([
    client.expect('ack', (ack) => ack.idClient === idClient),
    client.expect('nack', (nack) => nack.idClient === idClient),
  ]);
}

describe('a hook for custom messages', () => {
  it('sees each before it is stored, and what it refuses is not', async (t) => {
    const seen: CustomMessage[] = [];
    const server = await ChatServer.start(t, {
      onCustomMessage: (message) => {
        seen.push(message);
        if (message.kind === 'no') throw new RefusedError('not here');
      },
    });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    assert.equal((await offer(alice, 'p2p-bob', { kind: 'no' })).code, errorCodes.forbidden);
    assert.equal((await offer(alice, 'p2p-bob', { kind: 'yes', x: 1 })).seq, 1);
    await alice.text('p2p-bob', 'a text is none of its business');
    const { event } = await bob.expect('event');
    assert.ok(event.kind === 'message' && event.message.content === '{"kind":"yes","x":1}');
    assert.deepEqual(
      seen.map(({ from, kind, data }) => [from, kind, data]),
      [
        ['alice', 'no', { kind: 'no' }],
        ['alice', 'yes', { kind: 'yes', x: 1 }],
      ],
    );
  });

  it('is asked of nothing in conversations that the sender has no part in', async (t) => {
    let asked = 0;
    const server = await ChatServer.start(t, { onCustomMessage: () => void asked++ });
    const [alice] = await server.connectAll('alice');
    assert.equal((await offer(alice, 'p2p-nobody', { kind: 'x' })).code, errorCodes.notFound);
    assert.equal((await offer(alice, 'p2p-alice', { kind: 'x' })).code, errorCodes.forbidden);
    assert.equal(asked, 0);
  });

  it('that fails is the server’s fault, and the message is not stored', async (t) => {
    const server = await ChatServer.start(t, {
      onCustomMessage: () => {
        throw new Error('its database is away');
      },
    });
    const [alice] = await server.connectAll('alice', 'bob');
    assert.equal((await offer(alice, 'p2p-bob', { kind: 'x' })).code, errorCodes.serverError);
    const ack = await alice.text('p2p-bob', 'the next one');
    assert.ok(ack.t === 'ack' && ack.seq === 1);
  });
});

describe('a red packet', () => {
  const packet = { kind: 'red-packet', greeting: 'Hello', amount: '¥ 1', shares: 1 };
  let time = Date.now();
  const start = async (t: Parameters<typeof ChatServer.start>[0]) => {
    const server = await ChatServer.start(t, { onCustomMessage: redPackets(() => time) });
    return server.connectAll('alice', 'bob', 'bob');
  };

  it('is opened once by the other one, however many claims come at once', async (t) => {
    const [alice, bob, phone] = await start(t);
    const { seq } = await offer(alice, 'p2p-bob', packet);
    const claim = { kind: 'red-packet-claim', packet: seq };
    assert.equal((await offer(alice, 'p2p-bob', claim)).code, errorCodes.forbidden, 'not by its giver');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => offer(i % 2 ? bob : phone, 'p2p-alice', claim)),
    );
    assert.equal(answers.filter((answer) => answer.seq !== undefined).length, 1);
    assert.ok(answers.every(({ code }) => code === undefined || code === errorCodes.forbidden));
  });

  it('answers the same claim the same again', async (t) => {
    const [alice, bob] = await start(t);
    const { seq } = await offer(alice, 'p2p-bob', packet);
    const claim = { kind: 'red-packet-claim', packet: seq };
    const idClient = newId();
    const first = await offer(bob, 'p2p-alice', claim, idClient);
    assert.equal((await offer(bob, 'p2p-alice', claim, idClient)).seq, first.seq);
  });

  it('cannot be opened after its time, nor where there is none', async (t) => {
    const [alice, bob] = await start(t);
    const { seq } = await offer(alice, 'p2p-bob', { ...packet, until: time + 1_000 });
    await alice.text('p2p-bob', 'no packet');
    time += 1_000;
    for (const wrong of [seq, seq! + 1, 99, 0, -1, 1.5, '1', null])
      assert.equal(
        (await offer(bob, 'p2p-alice', { kind: 'red-packet-claim', packet: wrong })).code,
        errorCodes.forbidden,
        String(wrong),
      );
  });

  it('has to be whole', async (t) => {
    const [alice] = await start(t);
    for (const wrong of [
      { greeting: 1 },
      { amount: undefined },
      { shares: 0 },
      { shares: 101 },
      { shares: 1.5 },
      { until: 'x' },
    ])
      assert.equal((await offer(alice, 'p2p-bob', { ...packet, ...wrong })).code, errorCodes.forbidden);
  });
});
