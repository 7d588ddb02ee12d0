import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnauthorizedError } from '../../src/client/errors.js';
import { settle } from './helpers/fake-clock.js';
import { welcome } from './helpers/fake-network.js';
import { greet, live, scripted } from './helpers/scripted.js';

const answer = (status: number, body: unknown = {}): Response => new Response(JSON.stringify(body), { status });

describe('the token', () => {
  it('is replaced at four fifths of its life, on the same connection', async () => {
    let asked = 0;
    const world = scripted({ getToken: () => Promise.resolve(`token ${++asked}`) });
    const socket = await live(world, [], welcome({ ttlS: 100, heartbeatMs: 0 }));
    await world.clock.advance(79_199);
    assert.equal(asked, 1);
    await world.clock.advance(1);
    assert.equal(socket.last('refresh')?.token, 'token 2');
    await socket.push({ t: 'refreshed', ttlS: 51 });
    await world.clock.advance(40_000);
    assert.equal(socket.last('refresh')?.token, 'token 3');
    assert.equal(world.network.sockets.length, 1);
  });

  it('is not asked for all the time when its life is longer than a timer can count', async () => {
    let asked = 0;
    const world = scripted({ getToken: () => Promise.resolve(`token ${++asked}`) });
    await live(world, [], welcome({ ttlS: 60 * 24 * 3_600, heartbeatMs: 0 }));
    await world.clock.advance(3_600_000);
    assert.equal(asked, 1);
    assert.equal(world.clock.untilNext, 2 ** 31 - 1 - 3_600_000);
  });

  it('F17: is asked for again until the mint is back, while the connection stands', async () => {
    let asked = 0;
    const world = scripted({
      getToken: () =>
        ++asked > 1 && asked < 5 ? Promise.reject(new Error('down')) : Promise.resolve(`token ${asked}`),
    });
    const errors: string[] = [];
    world.client.on('error', ({ error }) => errors.push(error.message));
    const socket = await live(world, [], welcome({ ttlS: 1_000, heartbeatMs: 0 }));
    await world.clock.advance(900_000);
    assert.equal(socket.last('refresh')?.token, 'token 5');
    assert.deepEqual(errors, ['down', 'down', 'down']);
    assert.equal(world.client.connection.state, 'connected');
  });

  it('F17: that nobody gives any more ends the connection', async () => {
    let asked = 0;
    const world = scripted({
      getToken: () => (++asked === 1 ? Promise.resolve('t') : Promise.reject(new UnauthorizedError('signed out'))),
    });
    await live(world, [], welcome({ ttlS: 100, heartbeatMs: 0 }));
    await world.clock.advance(80_000);
    assert.deepEqual(world.client.connection, { state: 'disconnected', code: 4402, reason: 'signed out' });
    assert.equal(world.clock.pending, 0);
  });

  it('in hand is used again on a reconnect, and not once its time is over', async () => {
    let asked = 0;
    const world = scripted({ getToken: () => Promise.resolve({ token: `token ${++asked}`, expiresIn: 60 }) });
    await (await live(world)).end();
    await world.clock.advance(world.clock.untilNext);
    await (await greet(world)).end();
    assert.equal(asked, 1);
    world.client.connect();
    await world.clock.advance(120_000);
    assert.ok(asked > 1);
  });

  it('comes from a URL that is told the account', async () => {
    const calls: [unknown, RequestInit | undefined][] = [];
    const world = scripted({
      getToken: undefined as never,
      tokenUrl: '/chat-token',
      fetch: (url, init) => {
        calls.push([url, init]);
        return Promise.resolve(answer(200, { token: 'minted', expiresIn: 60 }));
      },
    });
    const socket = await live(world);
    assert.equal(socket.last('hello')?.token, 'minted');
    const [[url, init]] = calls as [[unknown, RequestInit]];
    assert.equal(url, '/chat-token');
    assert.equal(init.method, 'POST');
    assert.equal(init.body, '{"account":"alice"}');
    assert.equal(calls.length, 1);
  });

  for (const status of [401, 403])
    it(`F17: ends with the URL's ${status}`, async () => {
      const world = scripted({
        getToken: undefined as never,
        tokenUrl: '/t',
        fetch: () => Promise.resolve(answer(status)),
      });
      world.client.connect();
      await settle();
      assert.ok(world.client.connection.state === 'disconnected' && world.client.connection.retryAt === undefined);
      assert.equal(world.clock.pending, 0);
    });

  for (const [what, reply] of [
    ['500', () => Promise.resolve(answer(500))],
    ['an answer that is no token', () => Promise.resolve(answer(200, { tokn: 1 }))],
    ['an answer that is no JSON', () => Promise.resolve(new Response('<html>'))],
    ['no network', () => Promise.reject(new TypeError('fetch failed'))],
  ] as const)
    it(`is asked for again after ${what}`, async () => {
      let asked = 0;
      const fetch = (): Promise<Response> => (++asked === 1 ? reply() : Promise.resolve(answer(200, { token: 't' })));
      const world = scripted({ getToken: undefined as never, tokenUrl: '/t', fetch });
      world.client.connect();
      await settle();
      assert.ok(world.client.connection.state === 'disconnected' && world.client.connection.retryAt !== undefined);
      await world.clock.advance(world.clock.untilNext);
      await greet(world);
      assert.equal(world.client.connection.state, 'connected');
    });
});

describe('options', () => {
  for (const [what, change, words] of [
    ['a server that is no URL', { server: 'chat example' }, /^server: "chat example"/],
    ['a server of another kind', { server: 'ftp://chat.example' }, /^server: /],
    ['an account that is no name', { account: 'Alice Liddell' }, /^account: "Alice Liddell"/],
    ['no source of tokens', { getToken: undefined as never }, /^token, tokenUrl or getToken/],
    ['an unknown cache', { cache: 'disk' as never }, /^cache: "disk"/],
  ] as const)
    it(`refuse ${what}, in words`, () => {
      assert.throws(
        () => scripted(change),
        (error) => error instanceof TypeError && words.test(error.message),
      );
    });

  it('take a server under a path, and its socket beside it', async () => {
    const world = scripted({ server: 'http://chat.example:81/some/where' });
    world.client.connect();
    await settle();
    assert.equal(world.network.socket.url, 'ws://chat.example:81/some/where/ws');
  });
});
