import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnauthorizedError } from '../../src/client/errors.js';
import { settle } from './helpers/fake-clock.js';
import { welcome } from './helpers/fake-network.js';
import { greet, live, scripted } from './helpers/scripted.js';

describe('the connection', () => {
  it('has three states, and says why the last one ended', async () => {
    const world = scripted();
    const states: string[] = [];
    world.client.on('connection', ({ state }) => states.push(state));
    const socket = await live(world);
    assert.equal(socket.url, 'wss://chat.example/ws');
    await world.clock.advance(6_000);
    await socket.end(1006);
    const { connection } = world.client;
    assert.ok(connection.state === 'disconnected' && connection.code === 1006);
    assert.equal(connection.retryAt, world.clock.wall() + 750);
    await world.clock.advance(750);
    await greet(world);
    assert.deepEqual(states, ['connecting', 'connected', 'disconnected', 'connecting', 'connected']);
  });

  it('waits longer after each failure, up to its bound', async () => {
    const world = scripted({ random: () => 1 - Number.EPSILON });
    world.client.connect();
    await settle();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      await world.network.socket.end();
      waits.push(Math.round(world.clock.untilNext));
      await world.clock.advance(world.clock.untilNext);
    }
    assert.deepEqual(waits, [2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]);
  });

  it('comes back after what `bye` asks for', async () => {
    const world = scripted();
    const socket = await live(world);
    await socket.push({ t: 'bye', code: 1012, message: 'restart', afterMs: 4_321 });
    assert.equal(world.clock.untilNext, 4_321);
    assert.ok(socket.closedByClient);
  });

  it('probes at once when asked to connect while it waits', async () => {
    const world = scripted();
    await (await live(world)).end();
    world.client.connect();
    await settle();
    assert.equal(world.network.sockets.length, 2);
    assert.equal(world.client.connection.state, 'connecting');
  });

  for (const code of [4400, 4403, 4404, 4409, 4422])
    it(`ends for good with ${code}`, async () => {
      const world = scripted();
      await (await live(world)).end(code);
      assert.deepEqual(world.client.connection, { state: 'disconnected', code });
      assert.equal(world.clock.pending, 0);
    });

  it('asks for another token once when the server wants one, then ends', async () => {
    let asked = 0;
    const world = scripted({ getToken: () => Promise.resolve(`token ${++asked}`) });
    await (await live(world)).end(4401);
    await world.clock.advance(world.clock.untilNext);
    await world.network.socket.accept();
    assert.equal(world.network.socket.last('hello')?.token, 'token 2');
    await world.network.socket.end(4402);
    assert.deepEqual(world.client.connection, { state: 'disconnected', code: 4402 });
    assert.equal(asked, 2);
  });

  it('ends when the only token there is was refused', async () => {
    const world = scripted({ token: 'the only one', getToken: undefined as never });
    await (await live(world)).end(4401);
    assert.deepEqual(world.client.connection, { state: 'disconnected', code: 4401 });
  });

  it('ends when the page says that nobody is signed in, and can be started again', async () => {
    let refuse = true;
    const world = scripted({
      getToken: () => (refuse ? Promise.reject(new UnauthorizedError('signed out')) : Promise.resolve('t')),
    });
    world.client.connect();
    await settle();
    assert.deepEqual(world.client.connection, { state: 'disconnected', code: 4402, reason: 'signed out' });
    refuse = false;
    await live(world);
    assert.equal(world.client.connection.state, 'connected');
  });

  it('asks again when the page could not get a token this time, and says so', async () => {
    let calls = 0;
    const world = scripted({
      getToken: () => (++calls === 1 ? Promise.reject(new Error('no network')) : Promise.resolve('t')),
    });
    const errors: string[] = [];
    world.client.on('error', ({ error }) => errors.push(error.message));
    world.client.connect();
    await settle();
    await world.clock.advance(2_000);
    await greet(world);
    assert.equal(world.client.connection.state, 'connected');
    assert.deepEqual(errors, ['no network']);
  });

  it('gives up a page that never answers with a token, and tells it', async () => {
    let signal: AbortSignal | undefined;
    const world = scripted({ getToken: (_, given) => ((signal = given), new Promise<string>(() => undefined)) });
    world.client.connect();
    await world.clock.advance(20_000);
    assert.equal(world.client.connection.state, 'disconnected');
    assert.ok(signal?.aborted);
  });

  it('ends when the server takes it for somebody else', async () => {
    const world = scripted();
    await live(world, [], welcome({ account: 'mallory' }));
    assert.equal(world.client.connection.state, 'disconnected');
    assert.equal(world.clock.pending, 0);
  });

  it('leaves nothing behind wherever it is closed', async () => {
    const steps: ((world: ReturnType<typeof scripted>) => unknown)[] = [
      () => undefined,
      ({ client }) => client.connect(),
      () => settle(),
      ({ network }) => network.socket.accept(),
      ({ network }) => network.socket.push(welcome({ ttlS: 100 })),
      ({ network }) => network.socket.push({ t: 'synced', u: 0, more: false }),
      ({ network }) => network.socket.end(),
      ({ clock }) => clock.advance(1_000),
    ];
    for (let until = 0; until <= steps.length; until++) {
      const world = scripted();
      for (const step of steps.slice(0, until)) await step(world);
      await world.client.close();
      await settle();
      assert.equal(world.clock.pending, 0, `timers after step ${until}`);
      assert.ok(
        world.network.sockets.every(({ readyState }) => readyState === 3),
        `sockets after step ${until}`,
      );
      assert.deepEqual(world.client.connection, { state: 'disconnected' });
    }
  });

  it('survives a link that ends in each state', async () => {
    const world = scripted();
    world.client.connect();
    await settle();
    await world.network.socket.end();
    await world.clock.advance(world.clock.untilNext);
    await world.network.socket.accept();
    await world.network.socket.end();
    await world.clock.advance(world.clock.untilNext);
    await world.network.socket.accept();
    await world.network.socket.push(welcome());
    await world.network.socket.end();
    await world.clock.advance(world.clock.untilNext);
    await greet(world);
    assert.equal(world.client.connection.state, 'connected');
  });

  it('says nothing but its greeting before it is welcome', async () => {
    const world = scripted();
    world.client.connect();
    await settle();
    const { socket } = world.network;
    await socket.accept();
    world.client.setTyping('p2p-bob', true);
    world.client.watchPresence('bob');
    await world.client.send('p2p-bob', { content: 'a' });
    await settle();
    assert.deepEqual(
      socket.sent.map(({ t }) => t),
      ['hello'],
    );
  });

  it('gives up a server that takes the connection and says nothing', async () => {
    const world = scripted();
    world.client.connect();
    await settle();
    await world.network.socket.accept();
    await world.clock.advance(10_000);
    assert.equal(world.client.connection.state, 'disconnected');
    await world.clock.advance(20_000);
    await greet(world);
    assert.equal(world.client.connection.state, 'connected');
  });

  it('tells a frame that it can not read, and goes on', async () => {
    const world = scripted();
    const errors: string[] = [];
    world.client.on('error', ({ error }) => errors.push(error.name));
    const socket = await live(world);
    for (const text of ['{', '[]', 'null', '{"t":"event"}', '{"t":"of the future"}']) await socket.pushText(text);
    assert.deepEqual(errors, ['ProtocolError', 'ProtocolError', 'ProtocolError', 'ProtocolError']);
    assert.equal(world.client.connection.state, 'connected');
  });
});
