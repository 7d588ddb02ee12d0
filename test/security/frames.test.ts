import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { ChatServer } from '../helpers/chat-server.js';
import type { WireClient } from '../helpers/wire-client.js';
import { askToUpgrade, closeCodeIn, readToEnd, wsFrame } from './helpers/raw.js';

/** Keys that mean something to an object. */
const magic = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  'toJSON',
];
/** What a query of a document store would take for an operator. */
const operators: readonly unknown[] = [
  { $gt: '' },
  { $ne: null },
  { $regex: '.*' },
  { $where: '1' },
  ['P2P BOB'],
  { length: 1 },
  { toString: 'x' },
];

const alive = async (client: WireClient): Promise<void> => {
  client.send({ t: 'ping' });
  await client.expect('pong');
};

describe('frames from somebody who means harm', () => {
  it('S-12: what is installed with the server has `ws` in a version that bounds pieces of frames, and no older beside it', () => {
    const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, { version?: string; dev?: boolean }>;
    };
    const versions = Object.entries(lock.packages).filter(
      ([path, { dev }]) => path.endsWith('node_modules/ws') && !dev,
    );
    assert.ok(versions.length > 0);
    for (const [path, { version = '' }] of versions) {
      const [major, minor] = version.split('.').map(Number) as [number, number];
      assert.ok(major > 8 || (major === 8 && minor >= 21), `${path} is ${version}`);
    }
  });

  it('S-12: a million pieces of a frame, each empty or tiny, end that connection and cost the others nothing', async (t) => {
    const server = await ChatServer.start(t);
    const bob = await server.connect('bob');
    for (const payload of ['', 'a']) {
      const socket = await askToUpgrade(server.port, '/ws');
      const written = readToEnd(socket);
      const pieces = Buffer.concat([wsFrame(0x01, payload), ...Array<Buffer>(10_000).fill(wsFrame(0x00, payload))]);
      for (let i = 0; i < 100 && socket.writable; i++)
        if (!socket.write(pieces)) await Promise.race([new Promise((go) => socket.once('drain', go)), written]);
      assert.equal(closeCodeIn(await written), 1008);
    }
    await alive(bob);
  });

  it('S-12: a frame beyond all measure is cut off before it is there, and one that claims a terabyte at once', async (t) => {
    const server = await ChatServer.start(t);
    const claims = [
      Buffer.from([0x81, 0xff, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
      Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
    ];
    for (const claim of claims) {
      const socket = await askToUpgrade(server.port, '/ws');
      socket.write(claim);
      assert.equal(closeCodeIn(await readToEnd(socket)), 1009);
    }
    const alice = await server.connect('alice');
    alice.sendRaw('x'.repeat(64 * 1024 + 1));
    assert.equal((await alice.closed()).code, 4413);
  });

  it('S-13: a socket that is reset at any moment brings nothing down', async (t) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note).on('uncaughtException', note);
    t.after(() => process.off('unhandledRejection', note).off('uncaughtException', note));
    const server = await ChatServer.start(t);
    const token = await server.token('alice');
    const hello = JSON.stringify({ t: 'hello', v: 1, account: 'alice', device: 'd', tab: 't', token });
    const send = '{"t":"send","idClient":"reset-while-sent","cid":"p2p-bob","type":"text","content":"x"}';
    const moments = [
      [],
      [wsFrame(0x81, hello).subarray(0, 20)],
      [wsFrame(0x81, hello)],
      [wsFrame(0x81, hello), wsFrame(0x81, send)],
      [wsFrame(0x81, hello), wsFrame(0x81, '{"t":"list","r":1,"limit":200}')],
      [wsFrame(0x88, '')],
      [wsFrame(0x89, 'ping'), wsFrame(0x8a, 'pong')],
    ];
    await server.connect('bob');
    for (const moment of moments) {
      const socket = await askToUpgrade(server.port, '/ws');
      for (const part of moment) socket.write(part);
      socket.resetAndDestroy();
    }
    const after = await server.connect('carol');
    await after.rest('users');
    assert.deepEqual(unhandled, []);
  });

  it('S-14: compression is not agreed to, and a bomb in it is not opened', async (t) => {
    const server = await ChatServer.start(t);
    const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';
    const socket = await askToUpgrade(server.port, '/ws', offer);
    socket.write(wsFrame(0xc1, Buffer.from('edc1010d000000c2a0f74f6d0e37a0000000000000000000', 'hex')));
    const written = await readToEnd(socket);
    assert.doesNotMatch(written.toString('latin1'), /sec-websocket-extensions/i);
    assert.equal(closeCodeIn(written), 1002);
    const client = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, { perMessageDeflate: true });
    await new Promise((open) => client.once('open', open));
    assert.equal(client.extensions, '');
    client.terminate();
  });

  it('S-15: of each frame every field is checked: what is missing, of another type, too long, too many, or not known', async (t) => {
    const server = await ChatServer.start(t);
    const [alice] = await server.connectAll('alice', 'bob');
    const frames: Record<string, unknown>[] = [
      { t: 'send', idClient: 'checked-field', cid: 'p2p-bob', type: 'text', content: 'x' },
      { t: 'get', r: 1, cid: 'p2p-bob', before: 1, limit: 1 },
      { t: 'conversation', r: 1, cid: 'p2p-bob' },
      { t: 'list', r: 1, before: 1, limit: 1 },
      { t: 'settings', r: 1, cid: 'p2p-bob', pinned: true, muted: true, custom: '{}' },
      { t: 'users', r: 1, accounts: ['bob'] },
      { t: 'read', cid: 'p2p-bob', seq: 1 },
      { t: 'typing', cid: 'p2p-bob', on: true },
      { t: 'watch', accounts: ['bob'] },
      { t: 'refresh', token: 'x' },
      { t: 'ping' },
      { t: 'pong' },
    ];
    const wrong = [null, {}, [], [[]], -1, 1.5, 2 ** 53, 'x'.repeat(10_000), '', '\0', ...operators];
    let refused = 0;
    for (const frame of frames) {
      for (const field of Object.keys(frame).filter((name) => name !== 't'))
        for (const value of wrong) {
          // An empty text, or an empty list, is allowed where nothing is asked of it.
          if (value === '' && field === 'custom') continue;
          if (Array.isArray(value) && value.length === 0 && field === 'accounts') continue;
          if ((value === '\0' || value === 'x'.repeat(10_000)) && field === 'token') continue;
          alice.sendRaw(JSON.stringify({ ...frame, [field]: value }));
          const { code } = await alice.expectAny(['error', 'nack']);
          assert.equal(code, 414, `${String(frame['t'])}.${field} = ${JSON.stringify(value)?.slice(0, 50)}`);
          refused++;
        }
      alice.sendRaw(JSON.stringify({ ...frame, surprise: 1 }));
      assert.equal((await alice.expectAny(['error', 'nack'])).code, 414, String(frame['t']));
    }
    assert.ok(refused > 200);
    await alive(alice);
  });

  it('S-15: nesting is measured before anything is parsed', async (t) => {
    const server = await ChatServer.start(t);
    for (const [open, close] of [
      ['[', ']'],
      ['{"x":', '}'],
      ['[{"x":', '}]'],
    ] as const) {
      const alice = await server.connect('alice');
      alice.sendRaw(`{"t":"ping","x":${open.repeat(4_000)}1${close.repeat(4_000)}}`);
      assert.equal((await alice.closed()).code, 4400);
    }
    const alice = await server.connect('alice');
    alice.sendRaw(`{"t":"users","r":1,"accounts":["${'['.repeat(50)}\\"${'{'.repeat(50)}"]}`);
    assert.equal((await alice.expect('error')).code, 414, 'brackets within a text are none');
  });

  it('S-16: keys that mean something to an object change nothing, wherever they stand', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    for (const key of magic) {
      const evil = `"${key}":{"polluted":1,"toString":1}`;
      for (const text of [
        `{${evil},"t":"ping"}`,
        `{"t":"send","idClient":"magic-${'key'}","cid":"p2p-bob","type":"location","location":{${evil},"title":"x","longitude":0,"latitude":0}}`,
        `{"t":"${key}","r":1}`,
        `{"t":"get","r":1,"cid":"p2p-${key.toLowerCase()}"}`,
        `{"t":"users","r":1,"accounts":["${key.toLowerCase()}"]}`,
        `{"t":"watch","accounts":["${key.toLowerCase()}"]}`,
      ])
        alice.sendRaw(text);
      const content = JSON.stringify({ kind: key, [key]: { polluted: 1 } }).replace('{', `{${evil},`);
      const idClient = crypto.randomUUID();
      alice.send({ t: 'send', idClient, cid: 'p2p-bob', type: 'custom', content });
      const answer = await alice.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
      assert.equal(answer.t, 'ack', 'a custom message’s content is a text, and stays one');
      await bob.expect('event', ({ event }) => event.kind === 'message' && event.message.content === content);
    }
    assert.equal('polluted' in {}, false);
    for (const name of ['toString', 'hasOwnProperty'] as const) assert.equal(typeof Object.prototype[name], 'function');
    await alive(alice);
    await alive(bob);
  });

  it('S-17: quotes, comments and operators are data: they find, change and drop nothing', async (t) => {
    const server = await ChatServer.start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const injections = [
      `'; DROP TABLE im_message; --`,
      `" OR ""="`,
      `' UNION SELECT token_hash FROM im_account --`,
      `x'); DELETE FROM im_account WHERE ('1'='1`,
      `$1; SELECT pg_sleep(10); --`,
      `\\'; SELECT 1; --`,
      `?, ?, ?`,
      `{"$gt":""}`,
      `%' OR 1=1 /*`,
    ];
    for (const text of injections) {
      assert.equal((await alice.text('p2p-bob', text)).t, 'ack');
      const { event } = await bob.expect('event');
      assert.ok(event.kind === 'message' && event.message.content === text);
      alice.send({ t: 'settings', r: 1, cid: 'p2p-bob', custom: text });
      assert.equal((await alice.expect('conversation')).conversation.custom, text);
      for (const frame of [
        { t: 'conversation', r: 2, cid: `p2p-${text}` },
        { t: 'users', r: 2, accounts: [text] },
        { t: 'send', idClient: text, cid: 'p2p-bob', type: 'text', content: 'x' },
      ]) {
        alice.sendRaw(JSON.stringify(frame));
        assert.equal((await alice.expect('error')).code, 414, frame.t);
      }
    }
    bob.send({ t: 'get', r: 3, cid: 'p2p-alice' });
    assert.equal((await bob.expect('page')).events.length, injections.length);
  });
});
