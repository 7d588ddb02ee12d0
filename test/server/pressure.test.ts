import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import type { Storage } from '../../src/server/storage/storage.js';
import type { Tuning } from '../../src/server/tuning.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';
import type { WireClient } from '../helpers/wire-client.js';

const fast = { perSecond: 1e6, burst: 1e6 };
const unlimited = { sendsPerConnection: fast, sendsPerAccount: fast, frames: fast };

/** Stops reading: what the server sends stays in the sockets' buffers and then in the server. */
function stopReading(client: WireClient): void {
  client.socket.pause();
}

/** A value of `/metrics`; 0 for one that was not counted yet. */
async function metric(server: ChatServer, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(name));
  return Number(line?.split(' ').at(-1) ?? 0);
}

async function start(
  t: TestContext,
  { storage, ...tuning }: Partial<Tuning> & { storage?: Storage },
): Promise<ChatServer> {
  return ChatServer.start(t, { metricsPort: 0, tuning: { ...unlimited, ...tuning }, ...(storage && { storage }) });
}

describe('a slow reader', () => {
  it('F14: is cut off with `slow`, others are not held up, and it resumes by cursor', async (t) => {
    const server = await start(t, { hardBuffer: 64 * 1024 });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    stopReading(bob);
    const content = 'x'.repeat(5_000);
    let sent = 0;
    while ((await metric(server, 'im_closed_total{code="4408"}')) === 0) {
      for (let i = 0; i < 100; i++) assert.equal((await alice.text('p2p-bob', content)).t, 'ack');
      sent += 100;
      assert.ok(sent < 10_000, 'the server keeps everything for a client that reads nothing');
    }
    bob.socket.resume();
    await bob.closed();
    const { epoch } = bob.all.find((frame) => frame.t === 'welcome')!;
    const got = bob.all.flatMap((frame) => (frame.t === 'event' ? [frame.event.seq] : []));
    assert.ok(got.length < sent);
    const again = await server.open();
    const heads: [string, number][] = [['p2p-alice', got.at(-1) ?? 0]];
    await again.greet({ account: 'bob', token: await server.token('bob'), resume: { epoch, u: 0, heads } });
    assert.equal((await again.expect('sync')).to, sent);
  });

  it('misses typing first', async (t) => {
    const server = await start(t, { softBuffer: 16 * 1024, hardBuffer: 64 * 1024 * 1024 });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', 'hello');
    stopReading(bob);
    const content = 'x'.repeat(5_000);
    while ((await metric(server, 'im_dropped_total')) === 0) {
      for (let i = 0; i < 100; i++) await alice.text('p2p-bob', content);
      alice.send({ t: 'typing', cid: 'p2p-bob', on: true });
      await alice.rest('event');
    }
    bob.socket.resume();
    const { seq } = (await alice.text('p2p-bob', 'the last')) as { seq: number };
    await bob.expect('event', ({ event }) => event.seq === seq);
    const events = bob.all.flatMap((frame) => (frame.t === 'event' ? [frame.event.seq] : []));
    assert.deepEqual(
      events,
      Array.from({ length: seq }, (_, i) => i + 1),
      'no message was dropped',
    );
  });

  it('is not one who waits for big pages, which come as they are read', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const { messages } = storage;
    let read = 0;
    storage.messages = (...args) => {
      read++;
      return messages(...args);
    };
    const server = await start(t, { storage, hardBuffer: 64 * 1024, pagesWaiting: 100 });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    for (let i = 0; i < 100; i++) await alice.text('p2p-bob', '你'.repeat(5_000));
    stopReading(bob);
    // A hundred megabytes and more: what the kernel does not take stays in the server, or is not read from the store at all.
    for (let r = 0; r < 80; r++) bob.send({ t: 'get', r, cid: 'p2p-alice', before: 101, limit: 100 });
    bob.send({ t: 'typing', cid: 'p2p-alice', on: true });
    await alice.expect('user');
    let last = 100;
    let before = -1;
    // Until no more of them are read.
    while (read > before) {
      before = read;
      for (let i = 0; i < 20; i++, last++) await alice.text('p2p-bob', 'live, behind the pages');
    }
    assert.ok(read > 0 && read < 40, `${read} pages were read for a client that reads none`);
    bob.socket.resume();
    for (let r = 0; r < 80; r++) assert.equal((await bob.expect('page')).events.length, 100);
    await bob.expect('event', ({ event }) => event.seq === last);
  });

  it('may not ask for any number of pages at once', async (t) => {
    const server = await start(t, { pagesAtOnce: 1, pagesWaiting: 10 });
    const [alice] = await server.connectAll('alice', 'bob');
    for (let r = 0; r < 200; r++) alice.send({ t: 'get', r, cid: 'p2p-bob' });
    const refused = await alice.expect('error');
    assert.ok(refused.code === 416 && refused.afterMs! > 0 && refused.r! > 10);
    assert.equal((await alice.expect('page')).r, 0);
  });
});

describe('a fast writer', () => {
  it('is asked to wait, and by then may go on', async (t) => {
    const clock = new ServerClock();
    const tuning = { sendsPerConnection: { perSecond: 10, burst: 5 }, sendsPerAccount: fast };
    const server = await ChatServer.start(t, { clock, tuning });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => alice.text('p2p-bob', `${i}`, `writer-id-${i}`)),
    );
    assert.equal(answers.filter(({ t: type }) => type === 'ack').length, 5);
    const nack = answers.at(-1)!;
    assert.ok(nack.t === 'nack' && nack.code === 416 && nack.retry && nack.afterMs === 100);
    assert.equal((await bob.text('p2p-alice', 'unhindered')).t, 'ack');
    clock.advance(100);
    assert.equal((await alice.text('p2p-bob', '5', 'writer-id-5')).t, 'ack');
  });

  it('is bounded over all connections of the account', async (t) => {
    const clock = new ServerClock();
    const tuning = { sendsPerConnection: fast, sendsPerAccount: { perSecond: 1, burst: 3 } };
    const server = await ChatServer.start(t, { clock, tuning });
    const [alice, phone] = await server.connectAll('alice', 'alice', 'bob');
    const answers = [];
    for (const client of [alice, phone, alice, phone]) answers.push((await client.text('p2p-bob', 'x')).t);
    assert.deepEqual(answers, ['ack', 'ack', 'ack', 'nack']);
    await phone.close();
    const back = await server.connect('alice');
    assert.equal((await back.text('p2p-bob', 'x')).t, 'nack', 'a new connection is not a new allowance');
  });

  it('of any frame is asked to wait, and put out when it does not listen', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock, tuning: { frames: { perSecond: 1, burst: 10 }, refusals: 20 } });
    const alice = await server.connect('alice');
    for (let r = 0; r < 10; r++) alice.send({ t: 'list', r, limit: 1 });
    const error = await alice.expect('error');
    assert.ok(error.code === 416 && error.r !== undefined && error.afterMs! > 0);
    for (let r = 0; r < 40; r++) alice.send({ t: 'list', r, limit: 1 });
    assert.equal((await alice.closed()).code, 4429);
  });
});

describe('a dead line', () => {
  it('F10: is pinged each 25 seconds, and ended within 35 when nothing comes back', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const [alice, dead] = await server.connectAll('alice', 'dead');
    await alice.text('p2p-dead', 'hello');
    alice.send({ t: 'watch', accounts: ['dead'] });
    await alice.expect('user');
    clock.advance(26_000);
    await alice.expect('ping');
    await dead.expect('ping');
    alice.send({ t: 'pong' });
    await alice.rest('event');
    clock.advance(9_000);
    assert.equal((await dead.closed()).code, 1006);
    const { event } = await alice.expect('user');
    assert.ok(event.kind === 'presence' && !event.online);
  });
});
