import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';
import type { ClientFrameOf } from '../../src/protocol/frames.js';

type Send = Omit<ClientFrameOf<'send'>, 't' | 'idClient' | 'cid'>;

describe('sending', () => {
  it('acks what is stored and gives it to the other side and to the own other connections, not to the sending one', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, phone] = await server.connectAll('alice', 'bob', 'alice');
    const idClient = crypto.randomUUID();
    const content = 'مرحبا 你好 👩🏽‍🚀 "quoted" \\ \u2028 <img src=x onerror=alert(1)>';
    alice.send({ t: 'send', idClient, cid: 'p2p-bob', type: 'text', content, custom: '{"a":1}', mentions: ['bob'] });
    const ack = await alice.expect('ack');
    assert.deepEqual([ack.idClient, ack.cid, ack.seq, ack.n, ack.dup], [idClient, 'p2p-bob', 1, 1, undefined]);
    const message = {
      id: ack.id,
      idClient,
      type: 'text',
      from: 'alice',
      time: ack.time,
      content,
      custom: '{"a":1}',
      mentions: ['bob'],
    };
    const event = { kind: 'message', seq: 1, n: 1, message };
    assert.deepEqual(await bob.expect('event'), { t: 'event', cid: 'p2p-alice', event });
    assert.deepEqual(await phone.expect('event'), { t: 'event', cid: 'p2p-bob', event });
    assert.deepEqual(await alice.rest('event'), []);
  });

  it('keeps the order of what one connection sends, over many frames in one go', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, carol] = await server.connectAll('alice', 'bob', 'carol');
    // Fresh conversations: the first frames have to wait until these are made.
    for (let i = 1; i <= 100; i++)
      for (const cid of ['p2p-bob', 'p2p-carol'])
        alice.send({ t: 'send', idClient: `number-${cid}-${i}`, cid, type: 'text', content: `${i}` });
    for (const client of [bob, carol])
      for (let i = 1; i <= 100; i++) {
        const { event } = await client.expect('event');
        assert.equal(event.seq, i);
        assert.ok(event.kind === 'message' && event.message.content === `${i}`);
      }
    for (let i = 1; i <= 100; i++)
      assert.equal((await alice.expect('ack', (ack) => ack.cid === 'p2p-bob')).idClient, `number-p2p-bob-${i}`);
  });

  it('gives two who write at once one order, dense from 1', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const acks = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        i % 2 === 0 ? alice.text('p2p-bob', `a${i}`) : bob.text('p2p-alice', `b${i}`),
      ),
    );
    const numbers = acks.map((ack) => (ack.t === 'ack' ? ack.seq : 0)).sort((a, b) => a - b);
    assert.deepEqual(
      numbers,
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
  });

  it('gives one connection the acks and events of a commit in the order of their numbers', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    for (let i = 0; i < 50; i++)
      for (const [client, cid] of [
        [alice, 'p2p-bob'],
        [bob, 'p2p-alice'],
      ] as const)
        client.send({ t: 'send', idClient: crypto.randomUUID(), cid, type: 'text', content: `${i}` });
    const numbers = ({ all }: typeof alice): number[] =>
      all.flatMap((frame) => (frame.t === 'ack' ? [frame.seq] : frame.t === 'event' ? [frame.event.seq] : []));
    for (const client of [alice, bob]) {
      while (numbers(client).length < 100) await client.expectAny(['ack', 'event']);
      assert.deepEqual(
        numbers(client),
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
    }
  });

  it('F7: stores one idClient once: on one socket, on two at once, after a reconnect and after a restart', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, phone, bob] = await server.connectAll('alice', 'alice', 'bob');
    const send = { t: 'send', idClient: 'the-same-one', cid: 'p2p-bob', type: 'text', content: 'once' } as const;
    alice.send(send);
    alice.send(send);
    phone.send({ ...send, resend: true });
    const acks = [await alice.expect('ack'), await alice.expect('ack'), await phone.expect('ack')];
    assert.equal(new Set(acks.map(({ id, seq }) => `${id} ${seq}`)).size, 1);
    assert.equal(acks.filter(({ dup }) => dup).length, 2);
    await alice.close();
    const again = await server.connect('alice');
    again.send({ ...send, resend: true });
    assert.deepEqual(await again.expect('ack'), { ...acks.find(({ dup }) => dup)! });
    await bob.expect('event');
    assert.deepEqual(await bob.rest('event'), []);
    await server.restart();
    const later = await server.connect('alice');
    later.send(send);
    assert.equal((await later.expect('ack')).dup, true);
    assert.equal(((await later.text('p2p-bob', 'next')) as { seq: number }).seq, 2);
  });

  it('F8: refuses an idClient that was used for another message, and leaves other senders alone', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob, carol] = await server.connectAll('alice', 'bob', 'carol');
    assert.equal((await alice.text('p2p-bob', 'first', 'shared-id-1')).t, 'ack');
    for (const [cid, content] of [
      ['p2p-bob', 'other'],
      ['p2p-carol', 'first'],
    ] as const) {
      const nack = await alice.text(cid, content, 'shared-id-1');
      assert.ok(nack.t === 'nack' && nack.code === 417 && !nack.retry);
    }
    assert.equal((await bob.text('p2p-alice', 'mine', 'shared-id-1')).t, 'ack');
    assert.equal((await carol.text('p2p-alice', 'mine too', 'shared-id-1')).t, 'ack');
  });

  it('takes of each type only what it must carry', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const location = { title: 'Here', longitude: 13.4, latitude: 52.5 };
    const file = { url: 'https://x.example/a.png', name: 'a.png', size: 1, ext: 'png', mime: 'image/png' };
    const cases: [Send, number][] = [
      [{ type: 'text', content: 'x'.repeat(5_000) }, 200],
      [{ type: 'text', content: 'x'.repeat(5_001) }, 414],
      [{ type: 'text' }, 414],
      [{ type: 'text', content: '' }, 414],
      [{ type: 'text', content: ' \n ' }, 414],
      [{ type: 'text', content: 'x', location }, 414],
      [{ type: 'location', location }, 200],
      [{ type: 'location' }, 414],
      [{ type: 'location', location: { ...location, latitude: 91 } }, 414],
      [{ type: 'custom', content: '{"kind":"card"}' }, 200],
      [{ type: 'custom', content: '{"card":1}' }, 414],
      [{ type: 'custom', content: 'card' }, 414],
      [{ type: 'custom' }, 414],
      [{ type: 'image', file }, 404],
      [{ type: 'file', file }, 404],
      [{ type: 'file' }, 414],
      [{ type: 'notification' as 'text', content: 'forged' }, 414],
      [{ type: 'text', content: 'x', custom: 'x'.repeat(1_025) }, 414],
      [{ type: 'text', content: 'NUL \0' }, 414],
      [{ type: 'text', content: 'half \ud83d' }, 414],
    ];
    for (const [body, code] of cases) {
      const idClient = crypto.randomUUID();
      alice.send({ t: 'send', idClient, cid: 'p2p-bob', ...body });
      const answer = await alice.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
      const what = JSON.stringify(body).slice(0, 80);
      if (answer.t === 'ack') assert.equal(code, 200, what);
      else assert.deepEqual([answer.code, answer.retry, answer.message !== ''], [code, false, true], what);
    }
  });

  it('refuses to write to oneself, to nobody, and to a group', async (t) => {
    const server = await ChatServer.start(t);
    const alice = await server.connect('alice');
    for (const [cid, code] of [
      ['p2p-alice', 403],
      ['p2p-nobody', 404],
      ['group-1', 404],
      ['p2p-__proto__', 404],
    ] as const) {
      const nack = await alice.text(cid, 'x');
      assert.ok(nack.t === 'nack', cid);
      assert.deepEqual([nack.code, nack.retry], [code, false], cid);
    }
  });
});
