import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';

describe('the first frame', () => {
  it('ends a socket that says nothing within 5 seconds', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const silent = await server.open();
    clock.advance(4_000);
    silent.send({ t: 'ping' });
    await silent.expect('pong');
    clock.advance(2_000);
    // No fault that a client should stay away for: its machine, or this one, may have had too much to do.
    assert.equal((await silent.closed()).code, 4408);
  });

  it('is hello, of this version, and nothing else', async (t) => {
    const server = await ChatServer.start(t);
    const token = await server.token('alice');
    const hello = { t: 'hello', v: 1, account: 'alice', device: 'd', tab: 't', token };
    const firsts = [
      { t: 'list', r: 1, limit: 10 },
      { t: 'send', idClient: 'abcdefgh', cid: 'p2p-bob', type: 'text', content: 'x' },
      { ...hello, v: 2 },
      { ...hello, account: 'UPPER' },
      { ...hello, surprise: 1 },
      { t: 'nonsense' },
    ];
    for (const first of firsts) {
      const client = await server.open();
      client.sendRaw(JSON.stringify(first));
      const { code, message } = await client.expect('bye');
      assert.equal(code, 4400);
      assert.notEqual(message, '');
      assert.equal((await client.closed()).code, 4400);
    }
  });

  it('comes once', async (t) => {
    const server = await ChatServer.start(t);
    const client = await server.connect('alice');
    client.hello({ account: 'bob', token: await server.token('bob') });
    assert.equal((await client.expect('error')).code, 403);
    client.send({ t: 'conversation', r: 1, cid: 'p2p-alice' });
    assert.equal((await client.expect('error')).code, 403, 'it is still alice');
  });

  it('F12: gives the place of a tab to its new connection', async (t) => {
    const server = await ChatServer.start(t);
    const place = { device: 'laptop', tab: 'tab-1' };
    const old = await server.connect('alice', place);
    const other = await server.connect('alice', { ...place, tab: 'tab-2' });
    const bob = await server.connect('bob');
    await bob.text('p2p-alice', 'hello');
    bob.send({ t: 'watch', accounts: ['alice'] });
    await bob.expect('user');
    await server.connect('alice', place);
    assert.equal((await old.closed()).code, 4409);
    assert.deepEqual(await other.rest('bye'), []);
    assert.deepEqual(await bob.rest('user'), [], 'she was never away');
  });
});

describe('who may connect', () => {
  const tryOrigin = async (server: ChatServer, origin: string | undefined): Promise<string | number> => {
    const client = await server.open(origin === undefined ? {} : { origin });
    client.hello({ account: 'alice', token: await server.token('alice') });
    const frame = await client.expectAny(['welcome', 'bye']);
    return frame.t === 'welcome' ? 'welcome' : (await client.closed()).code;
  };

  it('is a page of this host, or a program', async (t) => {
    const server = await ChatServer.start(t);
    assert.equal(await tryOrigin(server, server.url), 'welcome');
    assert.equal(await tryOrigin(server, undefined), 'welcome');
    for (const origin of ['https://evil.example', `${server.url}.evil.example`, 'null', 'http://127.0.0.1', 'x'])
      assert.equal(await tryOrigin(server, origin), 4403, origin);
  });

  it('is a page of the list, letter by letter', async (t) => {
    const server = await ChatServer.start(t, { origins: new Set(['https://good.example']) });
    assert.equal(await tryOrigin(server, 'https://good.example'), 'welcome');
    for (const origin of [
      'https://good.example.evil.example',
      'https://evil-good.example',
      'http://good.example',
      'https://good.example:444',
      'https://GOOD.example',
      'null',
      server.url,
    ])
      assert.equal(await tryOrigin(server, origin), 4403, origin);
  });

  it('is anybody where the operator says so, but not a page of nowhere', async (t) => {
    const server = await ChatServer.start(t, { origins: 'any' });
    assert.equal(await tryOrigin(server, 'https://any.example'), 'welcome');
    assert.equal(await tryOrigin(server, 'null'), 4403);
  });
});

describe('how many may connect', () => {
  it('bounds the sockets of one address, and those that have not said who they are', async (t) => {
    const server = await ChatServer.start(t, { tuning: { unauthenticatedPerIp: 2, socketsPerIp: 4 } });
    const first = await server.open();
    await server.open();
    const third = await server.open();
    const { code, afterMs } = await third.expect('bye');
    assert.ok(code === 1013 && afterMs! > 0);
    assert.equal((await third.closed()).code, 1013);
    await first.greet({ account: 'alice', token: await server.token('alice') });
    await server.connect('bob');
    await server.connect('carol');
    assert.equal((await (await server.open()).closed()).code, 1013, 'four are open');
    await first.close();
    await server.connect('dave');
  });

  it('counts by the address that a trusted proxy names', async (t) => {
    const { TrustedProxies } = await import('../../src/server/gateway/client-address.js');
    const server = await ChatServer.start(t, {
      tuning: { socketsPerIp: 1 },
      proxies: new TrustedProxies(['127.0.0.1']),
    });
    const from = (address: string) => server.open({ headers: { 'x-forwarded-for': address } });
    const first = await from('10.0.0.1');
    assert.equal((await (await from('10.0.0.1')).closed()).code, 1013);
    assert.equal((await (await from('6.6.6.6, 10.0.0.1')).closed()).code, 1013, 'what stands further left is hearsay');
    const second = await from('10.0.0.2');
    await Promise.all([first.close(), second.close()]);
  });

  it('bounds how fast one address may come', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock, tuning: { handshakesPerIp: { perSecond: 1, burst: 2 } } });
    await server.open();
    await server.open();
    assert.equal((await (await server.open()).closed()).code, 1013);
    clock.advance(1_000);
    const client = await server.open();
    client.send({ t: 'ping' });
    await client.expect('pong');
  });

  it('ends the oldest connection of an account that has too many', async (t) => {
    const server = await ChatServer.start(t, { tuning: { socketsPerAccount: 2 } });
    const [first, second] = await server.connectAll('alice', 'alice');
    await server.connect('alice');
    const ended = await Promise.race([first.closed(), second.closed()]);
    assert.equal(ended.code, 1013);
  });
});

describe('the upgrade', () => {
  it('is for /ws only', async (t) => {
    const server = await ChatServer.start(t);
    const socket = connect(server.port, '127.0.0.1');
    socket.end(
      'GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 404 /);
  });

  it('survives a client that resets in the midst of it, and a plain request for /ws', async (t) => {
    const server = await ChatServer.start(t);
    for (let i = 0; i < 20; i++) {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(
        'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n',
      );
      socket.write('Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n');
      socket.resetAndDestroy();
    }
    assert.equal((await fetch(`${server.url}/ws`)).status, 404);
    await server.connect('alice');
  });
});
