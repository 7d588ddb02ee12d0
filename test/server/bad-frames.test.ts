import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';

const id = 'bad-frame-id';
const send = (content: string): string =>
  `{"t":"send","idClient":"${id}","cid":"p2p-bob","type":"text","content":${content}}`;

describe('a frame that cannot be read', () => {
  const unreadable: [string, string | Buffer, number][] = [
    ['binary', Buffer.from('{"t":"ping"}'), 4400],
    ['empty', '', 4400],
    ['not JSON', 'hello?', 4400],
    ['truncated', '{"t":"ping"', 4400],
    ['null', 'null', 4400],
    ['an array', '[{"t":"ping"}]', 4400],
    ['a number', '42', 4400],
    ['too deep', `{"t":"ping","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 4400],
    ['too deep and unclosed', '['.repeat(60_000), 4400],
    ['too big', JSON.stringify({ t: 'ping', x: 'x'.repeat(66_000) }), 4413],
    ['too big in bytes, not in characters', send(JSON.stringify('你'.repeat(30_000))), 4413],
  ];
  it('F42, F44: ends its connection with a word, and no other', async (t) => {
    const server = await ChatServer.start(t);
    const bob = await server.connect('bob');
    for (const [name, data, code] of unreadable) {
      const alice = await server.connect('alice');
      alice.sendRaw(data);
      const bye = await alice.expect('bye');
      assert.deepEqual([bye.code, (await alice.closed()).code], [code, code], name);
      assert.notEqual(bye.message, '', name);
    }
    assert.deepEqual(await bob.rest('bye'), []);
  });

  it('F43: is cut off at once where it is beyond all measure, compressed, of a thousand pieces, or not UTF-8', async (t) => {
    const server = await ChatServer.start(t);
    const alice = await server.connect('alice');
    alice.sendRaw('x'.repeat(1024 * 1024));
    assert.equal((await alice.closed()).code, 1009);
    const raw: [string, (socket: Socket) => void, number][] = [
      ['reserved bits: a compressed frame that nobody agreed to', (socket) => socket.write(frame(0xc1, 'abc')), 1002],
      ['not UTF-8', (socket) => socket.write(frame(0x81, Buffer.from([0x7b, 0xff, 0xfe]))), 1007],
      ['no mask', (socket) => socket.write(Buffer.from([0x81, 2, 0x7b, 0x7d])), 1002],
      [
        'a million tiny pieces',
        (socket) => {
          socket.write(frame(0x01, 'a'));
          for (let i = 0; i < 1_000; i++) socket.write(frame(0x00, 'a'));
        },
        1008,
      ],
    ];
    for (const [name, attack, code] of raw) {
      const socket = await upgraded(server.port);
      attack(socket);
      assert.equal(await closeCode(socket), code, name);
    }
    await server.connect('bob');
  });
});

describe('a frame that says the wrong thing', () => {
  it('F42, F45: is refused alone; the connection lives', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const wrong: [string, number, number?][] = [
      ['{"t":"teleport"}', 509],
      ['{}', 509],
      ['{"t":7}', 509],
      ['{"t":"__proto__","r":3}', 509, 3],
      ['{"t":"constructor"}', 509],
      ['{"t":"list","r":4,"limit":0}', 414, 4],
      ['{"t":"list","r":5,"limit":201}', 414, 5],
      ['{"t":"list","r":6}', 414, 6],
      ['{"t":"list","r":6,"limit":10,"more":1}', 414, 6],
      ['{"t":"get","r":7,"cid":"p2p-bob","before":-1}', 414, 7],
      ['{"t":"get","r":8,"cid":"p2p-bob","before":9007199254740993}', 414, 8],
      ['{"t":"get","r":8,"cid":"p2p-bob","before":1e400}', 414, 8],
      ['{"t":"get","r":9,"cid":"__proto__"}', 414, 9],
      ['{"t":"get","r":-1,"cid":"p2p-bob"}', 414],
      ['{"t":"read","cid":"p2p-bob","seq":"1"}', 414],
      ['{"t":"watch","accounts":{"length":1}}', 414],
      [`{"t":"watch","accounts":${JSON.stringify(Array.from({ length: 201 }, (_, i) => `a${i}`))}}`, 414],
      ['{"t":"users","r":1,"accounts":["../etc"]}', 414, 1],
      ['{"t":"settings","r":1,"cid":"p2p-bob","custom":{"$gt":""}}', 414, 1],
      ['{"t":"refresh","token":""}', 414],
    ];
    for (const [text, code, r] of wrong) {
      alice.sendRaw(text);
      const error = await alice.expect('error');
      assert.deepEqual([error.code, error.r], [code, r], text);
      assert.notEqual(error.message, '', text);
    }
    for (const content of ['7', '"\\u0000"', '"\\ud800"', '{"$gt":""}', JSON.stringify('x'.repeat(5_001))]) {
      alice.sendRaw(send(content));
      const nack = await alice.expect('nack');
      assert.deepEqual([nack.idClient, nack.code, nack.retry], [id, 414, false], content);
    }
    assert.equal((await alice.text('p2p-bob', 'still here')).t, 'ack');
  });

  it('F45, F46: keeps what is strange but allowed as it was written', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const strange = [
      '\u202Eexe.gpj',
      'x'.repeat(5_000),
      'Z̸̨̛̳͕̞a̷̢͖͋̈́l̵̠̀g̸̱̔o̴̪͘',
      '{"__proto__":{"x":1}}',
      "'; DROP TABLE im_message; --",
      '\u0001\u001f\u007f\ufeff\u2028\u2029',
    ];
    for (const content of strange) {
      assert.equal((await alice.text('p2p-bob', content)).t, 'ack');
      const { event } = await bob.expect('event');
      assert.ok(event.kind === 'message' && event.message.content === content, content);
    }
    bob.send({ t: 'get', r: 1, cid: 'p2p-alice' });
    const { events } = await bob.expect('page');
    assert.deepEqual(
      events.map((event) => event.kind === 'message' && event.message.content),
      strange,
    );
    // Of duplicate keys the last counts, as in every JSON parser; a key that would reach the prototype is a field too many.
    alice.sendRaw(
      `{"t":"send","idClient":"${id}","cid":"p2p-x","cid":"p2p-bob","type":"text","content":"a","content":"b"}`,
    );
    await alice.expect('ack');
    const { event } = await bob.expect('event');
    assert.ok(event.kind === 'message' && event.message.content === 'b');
    alice.sendRaw(send('"x"').replace('}', ',"__proto__":{"polluted":1}}'));
    await alice.expectAny(['nack', 'ack']);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('F42: does not bring the process down, whatever it is', async (t) => {
    const server = await ChatServer.start(t);
    for (let i = 0; i < 50; i++) {
      const client = await server.connect('alice');
      client.sendRaw(i % 2 === 0 ? randomBytes(1 + i * 13) : randomBytes(1 + i * 13).toString('latin1'));
      assert.equal((await client.closed()).code, 4400);
    }
    await server.connect('bob');
  });
});

/** A masked WebSocket frame of a client's. */
function frame(head: number, payload: string | Buffer): Buffer {
  const data = Buffer.from(payload as string);
  return Buffer.concat([Buffer.from([head, 0x80 | data.length, 0, 0, 0, 0]), data]);
}

async function upgraded(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

/** The code of the close frame that comes before the end. */
async function closeCode(socket: Socket): Promise<number> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('end', () => socket.end());
  await once(socket, 'close');
  const data = Buffer.concat(chunks);
  return data.readUInt16BE(data.indexOf(0x88) + 2);
}
