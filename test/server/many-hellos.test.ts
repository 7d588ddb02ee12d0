import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ServerFrameOf } from '../../src/protocol/frames.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import type { Tuning } from '../../src/server/tuning.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';
import type { WireClient } from '../helpers/wire-client.js';

/** A server whose store finds no account until it is told to. */
async function slowServer(t: TestContext, tuning: Partial<Tuning>) {
  const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
  const { ensureAccount } = storage;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const asked = new Set<string>();
  storage.ensureAccount = async (account) => {
    asked.add(account);
    await opened;
    return ensureAccount(account);
  };
  // Before the server's own end, which waits for what is under way.
  t.after(open);
  const clock = new ServerClock();
  const server = await ChatServer.start(t, { storage, clock, tuning });
  return { server, clock, asked, open };
}

/** Says hello, and does not wait for the answer. */
async function come(server: ChatServer, account: string, expiresS?: number): Promise<WireClient> {
  const client = await server.open();
  client.hello({ account, token: await server.token(account, expiresS) });
  return client;
}

const isOpen = ({ socket }: WireClient): boolean => socket.readyState === socket.OPEN;

/** Until the server has read what the client has sent. */
async function read(client: WireClient): Promise<void> {
  client.send({ t: 'ping' });
  await client.expect('pong');
}

describe('many who come at once', () => {
  it('F36: are let in a few at a time; those beyond the queue are sent away, each to come back at another time', async (t) => {
    const { server, asked, open } = await slowServer(t, { hellosAtOnce: 2, hellosWaiting: 3 });
    const clients = await Promise.all(Array.from({ length: 15 }, (_, i) => come(server, `guest-${i}`)));
    const turnedAway = (): ServerFrameOf<'bye'>[] =>
      clients.flatMap(({ all }) => all.filter((frame) => frame.t === 'bye'));
    while (turnedAway().length < 10) await Promise.allSettled(clients.filter(isOpen).map(read));
    const times = turnedAway().map(({ code, afterMs = 0 }) => (code === 1013 ? afterMs : 0));
    assert.ok(
      times.every((ms) => ms >= 2_000 && ms <= 12_000),
      `${times.join()}`,
    );
    assert.ok(new Set(times).size > 5, 'not all at once');
    assert.equal(asked.size, 2);
    open();
    const left = clients.filter(isOpen);
    assert.equal(left.length, 5);
    for (const client of left) await client.expect('synced');
    await server.connect('guest-15');
  });

  it('F36: with tokens that have expired are told so at once, and take nobody’s turn', async (t) => {
    const { server, asked } = await slowServer(t, { hellosAtOnce: 1, hellosWaiting: 1 });
    const first = await come(server, 'first');
    while (asked.size === 0) await read(first);
    const others = await Promise.all([come(server, 'one'), come(server, 'other')]);
    // One of them waits, and there is no more room.
    assert.equal((await Promise.any(others.map((client) => client.expect('bye')))).code, 1013);
    const late = await come(server, 'late', -60);
    assert.equal((await late.expect('bye')).code, 4401);
    assert.deepEqual([...asked], ['first']);
  });

  it('F36: and have gone again while they waited cost the store nothing', async (t) => {
    const { server, asked, open } = await slowServer(t, { hellosAtOnce: 1 });
    const first = await come(server, 'first');
    while (asked.size === 0) await read(first);
    await (await come(server, 'gone')).close();
    const last = await come(server, 'last');
    await read(last);
    open();
    await last.expect('synced');
    assert.deepEqual([...asked], ['first', 'last']);
  });

  it('F36: and whom the server is too slow for may come again', async (t) => {
    const { server, clock, asked } = await slowServer(t, {});
    const client = await come(server, 'alice');
    while (asked.size === 0) await read(client);
    clock.advance(21_000);
    const { code, afterMs } = await client.expect('bye');
    assert.ok(code === 1013 && afterMs! >= 2_000);
  });

  it('F36: do not wait for one who does not read what was missed', async (t) => {
    const server = await ChatServer.start(t, { tuning: { hellosAtOnce: 1, softBuffer: 1_024 } });
    const [alice] = await server.connectAll('alice', 'slow');
    const content = '你'.repeat(5_000);
    for (let i = 0; i < 60; i++) {
      const friend = await server.connect(`friend-${i}`);
      for (let k = 0; k < 20; k++) await friend.text('p2p-slow', content);
      await friend.close();
    }
    const slow = await come(server, 'slow');
    slow.socket.pause();
    await server.connect('guest');
    slow.socket.resume();
    await slow.expect('synced');
    assert.equal((await alice.text('p2p-slow', 'still here')).t, 'ack');
  });
});
