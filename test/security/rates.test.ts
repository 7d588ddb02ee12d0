import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { TrustedProxies } from '../../src/server/gateway/client-address.js';
import type { Tuning } from '../../src/server/tuning.js';
import { ChatServer } from '../helpers/chat-server.js';
import { manage } from '../helpers/management.js';
import { ServerClock } from '../helpers/server-clock.js';

/** A server with small bounds, and a clock that stands still while it is flooded. */
async function bounded(t: TestContext, tuning: Partial<Tuning>, proxies?: readonly string[]) {
  const clock = new ServerClock();
  const trusted = proxies && { proxies: new TrustedProxies(proxies) };
  return { clock, server: await ChatServer.start(t, { clock, tuning, ...trusted }) };
}

const slow = { perSecond: 1, burst: 5 };

describe('a flood', () => {
  it('S-18: of handshakes from one address is put off, and says for how long', async (t) => {
    const { server, clock } = await bounded(t, { handshakesPerIp: slow });
    const codes = [];
    for (let i = 0; i < 20; i++) {
      const client = await server.open();
      client.send({ t: 'ping' });
      const { t: kind } = await client.expectAny(['pong', 'bye']);
      codes.push(kind);
    }
    assert.equal(codes.filter((kind) => kind === 'pong').length, 5);
    clock.advance(1_000);
    await server.connect('alice');
  });

  it('S-18: of sockets of one address, or of those that never say who they are, is bounded; the others still get in', async (t) => {
    for (const tuning of [{ socketsPerIp: 5 }, { unauthenticatedPerIp: 5 }, { unauthenticated: 5 }]) {
      const { server, clock } = await bounded(t, tuning);
      const silent = await Promise.all(Array.from({ length: 5 }, () => server.open()));
      assert.equal((await (await server.open()).closed()).code, 1013, JSON.stringify(tuning));
      clock.advance(6_000);
      for (const client of silent)
        assert.equal((await client.closed()).code, 4408, 'five seconds are enough for a hello');
      await server.connect('alice');
    }
  });

  it('S-18: of sockets of one account ends the oldest of them', async (t) => {
    const { server } = await bounded(t, { socketsPerAccount: 3 });
    const first = await server.connect('alice');
    for (let i = 0; i < 3; i++) await server.connect('alice');
    assert.equal((await first.closed()).code, 1013);
  });

  it('S-18: of frames, whatever they are, is refused frame by frame, then put out', async (t) => {
    const { server, clock } = await bounded(t, { frames: { perSecond: 1, burst: 20 }, refusals: 50 });
    for (const frame of [
      '{"t":"ping"}',
      '{"t":"typing","cid":"p2p-bob","on":true}',
      '{"t":"read","cid":"p2p-bob","seq":1}',
      '{"t":"watch","accounts":[]}',
      '{"t":"users","r":1,"accounts":[]}',
      '{"t":"nonsense"}',
    ]) {
      const client = await server.connect('alice');
      for (let i = 0; i < 200; i++) client.sendRaw(frame);
      assert.equal((await client.closed()).code, 4429, frame);
      clock.advance(60_000);
    }
  });

  it('S-18: of bytes counts as a flood of frames', async (t) => {
    const { server } = await bounded(t, { frames: { perSecond: 1, burst: 20 } });
    const [alice] = await server.connectAll('alice', 'bob');
    const fat = { t: 'users', r: 1, accounts: Array.from({ length: 200 }, (_, i) => `${'a'.repeat(28)}${i}`) } as const;
    for (let i = 0; i < 20; i++) alice.send(fat);
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(await alice.expectAny(['users', 'error']));
    const refused = answers.flatMap((frame) => (frame.t === 'error' ? [frame] : []));
    assert.ok(refused.length > 5, `${refused.length} of 20 frames of 6 KiB, where 20 small ones would have passed`);
    assert.ok(refused.every(({ code, afterMs }) => code === 416 && afterMs! > 0));
  });

  it('S-18: of messages is bounded for the connection, and for the account over all of its connections', async (t) => {
    for (const tuning of [{ sendsPerConnection: slow }, { sendsPerAccount: slow }]) {
      const { server, clock } = await bounded(t, tuning);
      const [one, other] = await server.connectAll('alice', 'alice', 'bob');
      const outcomes = [];
      for (let i = 0; i < 10; i++) outcomes.push(await (i % 2 ? one : other).text('p2p-bob', `${i}`));
      const nacks = outcomes.flatMap((frame) => (frame.t === 'nack' ? [frame] : []));
      assert.equal(nacks.length, 'sendsPerAccount' in tuning ? 5 : 0);
      for (let i = 0; i < 10; i++) outcomes.push(await one.text('p2p-bob', `again ${i}`));
      const last = outcomes.at(-1)!;
      assert.ok(last.t === 'nack' && last.code === 416 && last.retry && last.afterMs! > 0);
      clock.advance(last.afterMs!);
      assert.equal((await one.text('p2p-bob', 'later')).t, 'ack');
    }
  });

  it('S-18: of management calls blocks that action; of demo tokens, that address', async (t) => {
    const { server } = await bounded(t, { managementPerSecond: 3 });
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push((await manage(server.url, 'user/block', { accid: 'nobody' })).code);
    assert.deepEqual(codes, [414, 414, 414, 416, 416, 416]);
    const demo = await ChatServer.start(t, { demo: true, tuning: { demoTokensPerMinute: 3 } });
    const ask = async (): Promise<number> => {
      const headers = { 'content-type': 'application/json' };
      const body = '{"account":"alice"}';
      return (await fetch(`${demo.url}/demo/token`, { method: 'POST', headers, body })).status;
    };
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push(await ask());
    assert.deepEqual(statuses, [200, 200, 200, 429, 429, 429]);
  });

  it('S-18: cannot hide behind X-Forwarded-For, unless a proxy that the operator trusts wrote it', async (t) => {
    const from = (server: ChatServer, ...forwarded: string[]) =>
      server.open({ headers: { 'x-forwarded-for': forwarded.join(', ') } });
    const { server } = await bounded(t, { socketsPerIp: 3 });
    for (let i = 0; i < 3; i++) await from(server, `10.0.0.${i}`);
    assert.equal((await (await from(server, '10.0.0.99')).closed()).code, 1013, 'all are one address');
    const behind = await bounded(t, { socketsPerIp: 1 }, ['127.0.0.1', '10.9.0.0/16']);
    await from(behind.server, '203.0.113.1');
    for (const forged of [
      ['203.0.113.1'],
      ['198.51.100.7', '203.0.113.1'],
      ['198.51.100.7', '203.0.113.1', '10.9.1.1'],
      ['', '203.0.113.1'],
      ['::ffff:203.0.113.1'],
    ])
      assert.equal((await (await from(behind.server, ...forged)).closed()).code, 1013, forged.join());
    const other = await from(behind.server, '203.0.113.2');
    other.send({ t: 'ping' });
    await other.expect('pong');
  });

  it('S-19: a reader who reads nothing is cut off, and one who answers no ping is let go', async (t) => {
    const fast = { perSecond: 1e6, burst: 1e6 };
    const { server, clock } = await bounded(t, {
      hardBuffer: 64 * 1024,
      frames: fast,
      sendsPerConnection: fast,
      sendsPerAccount: fast,
    });
    const [alice, lazy] = await server.connectAll('alice', 'bob');
    lazy.socket.pause();
    let sent = 0;
    // The kernel takes some megabytes before the server feels anything.
    const watcher = await server.connect('alice');
    await watcher.text('p2p-bob', 'hello');
    watcher.send({ t: 'watch', accounts: ['bob'] });
    const gone = watcher.expect('user', ({ event }) => event.kind === 'presence' && !event.online);
    let over = false;
    void gone.then(() => (over = true));
    // A paused reader does not answer the goodbye: its socket ends some seconds after it.
    for (const start = Date.now(); !over && Date.now() - start < 60_000;) {
      await Promise.all(Array.from({ length: 50 }, () => alice.text('p2p-bob', 'x'.repeat(5_000))));
      watcher.socket.resume();
      sent += 50;
      if (sent % 1_000 === 0) clock.advance(1_000);
    }
    assert.ok(over, `not cut off after ${sent} messages`);
    const dead = await server.connect('carol');
    dead.socket.pause();
    for (let i = 0; i < 40; i++) {
      clock.advance(1_000);
      alice.send({ t: 'ping' });
      await alice.expect('pong');
    }
    dead.socket.resume();
    assert.equal((await dead.closed()).code, 1006);
  });
});
