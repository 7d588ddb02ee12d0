import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';

/** A server whose store holds every message back until `open` is called. */
async function gated(t: TestContext) {
  const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
  const append = storage.append.bind(storage);
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  storage.append = async (message) => {
    await gate;
    return append(message);
  };
  return { server: await ChatServer.start(t, { storage }), open };
}

describe('a shutdown', () => {
  it('waits for what is in flight, takes in nothing new, and says goodbye last', async (t) => {
    const { server, open } = await gated(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    alice.send({ t: 'send', idClient: 'in-flight-1', cid: 'p2p-bob', type: 'text', content: 'x' });
    alice.send({ t: 'ping' });
    await alice.expect('pong');
    const closed = server.close();
    assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    const late = await alice.text('p2p-bob', 'too late');
    assert.ok(late.t === 'nack' && late.code === 503 && late.retry && late.afterMs! > 0);
    const newcomer = new WebSocket(`${server.url.replace('http', 'ws')}/ws`);
    const [error] = (await once(newcomer, 'error')) as [Error];
    assert.match(error.message, /503/);
    open();
    await closed;
    await Promise.all([alice, bob].map((client) => client.closed()));
    assert.deepEqual(
      alice.all.slice(-3).map((frame) => frame.t),
      ['nack', 'ack', 'bye'],
    );
    assert.deepEqual(
      bob.all.slice(-2).map((frame) => frame.t),
      ['event', 'bye'],
    );
    assert.equal((await alice.closed()).code, 1012);
  });

  it(
    'does not wait for somebody who does not read, nor for a socket that says nothing',
    { timeout: 30_000 },
    async (t) => {
      const server = await ChatServer.start(t, { tuning: { closeMs: 100, drainMs: 3_600_000 } });
      const [alice, bob] = await server.connectAll('alice', 'bob');
      for (let i = 0; i < 100; i++) await alice.text('p2p-bob', '你'.repeat(5_000));
      await server.open();
      bob.socket.pause();
      for (let r = 0; r < 60; r++) bob.send({ t: 'get', r, cid: 'p2p-alice', limit: 100 });
      await alice.rest('event');
      await server.close();
      bob.socket.resume();
      await Promise.all([alice.closed(), bob.closed()]);
    },
  );
});
