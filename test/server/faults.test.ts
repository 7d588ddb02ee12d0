import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ClientFrame } from '../../src/protocol/frames.js';
import type { Publication } from '../../src/server/bus/bus.js';
import { LocalBus } from '../../src/server/bus/local-bus.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { StorageBusyError, type Storage } from '../../src/server/storage/storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';

type Fault = 'throw' | 'reject' | 'busy' | undefined;

/** A real store whose every method fails in the way that `fault.now` says. */
async function failing(t: TestContext): Promise<{ storage: Storage; fault: { now: Fault } }> {
  const real = await openStorage({ dataDir: await temporaryDirectory(t) });
  const fault: { now: Fault } = { now: undefined };
  const storage = new Proxy(real, {
    get(target, name: keyof Storage) {
      const method = target[name];
      if (typeof method !== 'function' || name === 'close') return method;
      return (...args: unknown[]): unknown => {
        if (fault.now === 'throw') throw new Error('secret insides');
        if (fault.now === 'reject') return Promise.reject(new Error('secret insides'));
        if (fault.now === 'busy') return Promise.reject(new StorageBusyError('disk full'));
        return (method as (...args: unknown[]) => unknown)(...args);
      };
    },
  });
  return { storage, fault };
}

const frames: readonly ClientFrame[] = [
  { t: 'send', idClient: 'a-failing-send', cid: 'p2p-bob', type: 'text', content: 'x' },
  { t: 'send', idClient: 'a-failing-first', cid: 'p2p-carol', type: 'text', content: 'x' },
  { t: 'get', r: 1, cid: 'p2p-bob' },
  { t: 'conversation', r: 1, cid: 'p2p-bob' },
  { t: 'list', r: 1, limit: 10 },
  { t: 'settings', r: 1, cid: 'p2p-bob', pinned: true },
  { t: 'users', r: 1, accounts: ['dave'] },
  { t: 'read', cid: 'p2p-bob', seq: 1 },
  { t: 'typing', cid: 'p2p-carol', on: true },
];

describe('a store that fails', () => {
  for (const [fault, code] of [
    ['throw', 500],
    ['reject', 500],
    ['busy', 503],
  ] as const)
    it(`F47: (${fault}) fails the frame and nothing else, and is asked again`, async (t) => {
      const { storage, fault: switched } = await failing(t);
      const server = await ChatServer.start(t, { storage });
      const [alice, bob] = await server.connectAll('alice', 'bob', 'carol', 'dave');
      await alice.text('p2p-bob', 'before');
      switched.now = fault;
      for (const frame of frames) {
        alice.send(frame);
        const answer = await alice.expectAny(['nack', 'error']);
        assert.equal(answer.code, code, frame.t);
        assert.ok(answer.afterMs! > 0, frame.t);
        assert.ok(!answer.message.includes('secret'), frame.t);
        if (answer.t === 'nack') assert.equal(answer.retry, true);
      }
      alice.send({ t: 'ping' });
      await alice.expect('pong');
      assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
      switched.now = undefined;
      for (const frame of frames) alice.send(frame);
      for (const idClient of ['a-failing-send', 'a-failing-first'])
        await alice.expect('ack', (ack) => ack.idClient === idClient);
      assert.deepEqual(await alice.rest('error'), []);
      await bob.expect('event');
    });

  it('sends a hello away to come back, and answers the refresh of a token', async (t) => {
    const { storage, fault } = await failing(t);
    const server = await ChatServer.start(t, { storage });
    const alice = await server.connect('alice');
    fault.now = 'busy';
    const late = await server.open();
    late.hello({ account: 'alice', token: await server.token('alice') });
    const { code, afterMs } = await late.expect('bye');
    assert.ok(code === 1013 && afterMs! > 0);
    alice.send({ t: 'refresh', token: await server.token('alice') });
    assert.equal((await alice.expect('error')).code, 503);
    fault.now = undefined;
    assert.equal((await alice.text('p2p-alice', 'alive')).t, 'nack');
  });
});

describe('a damaged record', () => {
  it('keeps its place and spoils nothing beside it', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', 'one');
    const { id } = (await storage.findDirect('alice', 'bob'))!;
    for (const [i, body] of ['{"content":', 'null', '[]'].entries())
      await storage.append({
        conversation: id,
        from: 'alice',
        idClient: `damaged-${i}`,
        id: `d${i}`,
        type: 'text',
        body,
        fingerprint: 'f',
        time: Date.now(),
        counts: true,
      });
    bob.send({ t: 'get', r: 1, cid: 'p2p-alice' });
    const { events } = await bob.expect('page');
    assert.deepEqual(events.slice(1), [{ seq: 2 }, { seq: 3 }, { seq: 4 }]);
    const again = await server.connect('bob');
    const sync = await again.expect('sync');
    assert.deepEqual([sync.events.length, sync.conversation.lastMsg], [4, undefined]);
  });
});

/** A bus that loses what it is told to lose. */
class LossyBus extends LocalBus {
  loses: (publication: Publication) => boolean = () => false;

  override publish(publication: Publication): void {
    if (!this.loses(publication)) super.publish(publication);
  }
}

describe('a lost hint', () => {
  it('F6: is found by comparing heads with the log, without a new message', async (t) => {
    const bus = new LossyBus(assert.ifError);
    const server = await ChatServer.start(t, { bus });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', '1');
    await bob.expect('event');
    bus.loses = ({ topic }) => topic === 'log';
    for (const content of ['2', '3']) await alice.text('p2p-bob', content);
    assert.deepEqual(await bob.rest('event'), []);
    await server.checkHeads();
    for (const seq of [2, 3]) assert.equal((await bob.expect('event')).event.seq, seq);
    await server.checkHeads();
    assert.deepEqual(await bob.rest('event'), [], 'once is enough');
  });

  it('is found in a conversation that was only resumed here', async (t) => {
    const bus = new LossyBus(assert.ifError);
    const server = await ChatServer.start(t, { bus });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    bus.loses = ({ topic }) => topic === 'log';
    await alice.text('p2p-bob', '1');
    await bob.close();
    const again = await server.connect('bob');
    await alice.text('p2p-bob', '2');
    await server.checkHeads();
    await again.expect('event', ({ event }) => event.seq === 2);
  });

  for (const known of [true, false])
    it(`F6: is found by those who were here before somebody who has it came (${known ? 'a known' : 'a new'} conversation)`, async (t) => {
      const bus = new LossyBus(assert.ifError);
      const server = await ChatServer.start(t, { bus });
      const [alice, bob] = await server.connectAll('alice', 'bob');
      if (known) {
        await alice.text('p2p-bob', '0');
        await bob.expect('event');
      }
      bus.loses = ({ topic }) => topic === 'log';
      await alice.text('p2p-bob', '1');
      await server.connect('alice');
      await server.checkHeads();
      assert.equal((await bob.expect('event')).event.seq, known ? 2 : 1);
    });
});
