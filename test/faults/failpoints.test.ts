import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Jwt } from '../../src/server/auth/jwt.js';
import type { FailpointName, FailpointOrder } from '../../src/server/failpoints.js';
import { ChatServer, temporaryDirectory, testApp } from '../helpers/chat-server.js';
import { WireClient, type Hello } from '../helpers/wire-client.js';
import { FaultServer } from './helpers/fault-server.js';
import { readLog } from './helpers/read-log.js';

const send = { t: 'send', idClient: 'the-only-one', cid: 'p2p-bob', type: 'text', content: 'once' } as const;

async function connect({ url }: FaultServer, account: string, hello: Partial<Hello> = {}): Promise<WireClient> {
  const client = await WireClient.open(url);
  const token = await new Jwt(testApp.secret, () => Date.now()).sign(account, 600);
  await client.greet({ account, token, ...hello });
  return client;
}

/** A server that dies at the place when Alice writes to Bob; then the same store served again. */
async function deadAt(t: TestContext, at: FailpointName) {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const first = await FaultServer.start({ dataDir, failpoints: [{ at, action: 'kill' }] });
  t.after(() => first.kill());
  const bob = await connect(first, 'bob');
  const alice = await connect(first, 'alice');
  alice.send(send);
  await Promise.all([first.ended, alice.closed(), bob.closed()]);
  const again = await FaultServer.start({ dataDir });
  t.after(() => again.kill());
  const stored = async () => {
    await again.kill();
    return (await readLog({ dataDir }, [['alice', 'bob']])).conversations.get('alice bob');
  };
  return { alice, bob, again, stored };
}

const count = ({ all }: WireClient, type: string): number => all.filter(({ t }) => t === type).length;

describe('a server that is killed', () => {
  for (const at of ['before-store', 'in-transaction'] as const)
    it(`F4: (${at}) has acked nothing and stored nothing; the retry stores it once`, async (t) => {
      const { alice, bob, again, stored } = await deadAt(t, at);
      assert.deepEqual([count(alice, 'ack'), count(bob, 'event')], [0, 0]);
      const writer = await connect(again, 'alice');
      writer.send({ ...send, resend: true });
      const ack = await writer.expect('ack');
      assert.deepEqual([ack.seq, ack.dup], [1, undefined]);
      assert.deepEqual(
        (await stored())?.map(({ id, seq }) => [id, seq]),
        [[ack.id, 1]],
      );
    });

  it('F5: between commit and ack answers the retry with the place that the first one got', async (t) => {
    const { alice, bob, again, stored } = await deadAt(t, 'after-commit');
    assert.deepEqual([count(alice, 'ack'), count(bob, 'event')], [0, 0]);
    const writer = await connect(again, 'alice');
    writer.send({ ...send, resend: true });
    const ack = await writer.expect('ack');
    assert.deepEqual([ack.seq, ack.dup], [1, true]);
    assert.deepEqual(
      (await stored())?.map(({ id, seq }) => [id, seq]),
      [[ack.id, 1]],
    );
  });

  for (const at of ['after-ack', 'after-publish'] as const)
    it(`F6: (${at}) keeps what it acked; the other side gets it without another word`, async (t) => {
      const { alice, bob, again, stored } = await deadAt(t, at);
      const ack = await alice.expect('ack');
      assert.equal(count(bob, 'event'), at === 'after-ack' ? 0 : 1);
      const { epoch } = bob.all.find((frame) => frame.t === 'welcome')!;
      const reader = await connect(again, 'bob', { resume: { epoch, u: 0, heads: [['p2p-alice', 0]] } });
      const sync = await reader.expect('sync');
      assert.deepEqual(
        sync.events.map((event) => event.seq),
        [1],
      );
      assert.deepEqual(
        (await stored())?.map(({ id, seq }) => [id, seq]),
        [[ack.id, 1]],
      );
    });
});

const failing = (at: FailpointName): readonly FailpointOrder[] => [{ at, action: 'throw' }];

describe('a server that fails on a message’s way, and lives', () => {
  for (const at of ['before-store', 'in-transaction', 'after-commit'] as const)
    it(`F47: (${at}) asks for the message again, which is stored once, and nothing else suffers`, async (t) => {
      const server = await ChatServer.start(t, { failpoints: failing(at) });
      const [alice, bob] = await server.connectAll('alice', 'bob');
      alice.send(send);
      assert.equal((await alice.expect('nack')).retry, true);
      alice.send({ ...send, resend: true });
      assert.equal((await alice.expect('ack')).seq, 1);
      assert.equal(((await bob.text('p2p-alice', 'unhindered')) as { seq: number }).seq, 2);
    });

  it('F6: that does not come to publish an acked message is found out by its heads', async (t) => {
    const server = await ChatServer.start(t, { failpoints: [{ at: 'after-ack', action: 'throw', nth: 2 }] });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    await alice.text('p2p-bob', 'the first');
    await bob.expect('event');
    alice.send(send);
    await alice.expect('ack', ({ seq }) => seq === 2);
    assert.deepEqual(await bob.rest('event'), []);
    await server.checkHeads();
    assert.equal((await bob.expect('event')).event.seq, 2);
  });

  it('F6: holds an acked message back as long as it is paused, and no other one', async (t) => {
    const pause: FailpointOrder = { at: 'after-ack', action: 'pause', ms: 200 };
    const server = await ChatServer.start(t, { failpoints: [pause] });
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const acked = [await alice.text('p2p-bob', 'paused'), await alice.text('p2p-bob', 'not paused')];
    assert.deepEqual(
      acked.map((ack) => ack.t),
      ['ack', 'ack'],
    );
    for (const seq of [2, 1]) assert.equal((await bob.expect('event')).event.seq, seq);
  });
});
