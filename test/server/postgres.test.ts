import assert from 'node:assert/strict';
import { before, it, type TestContext } from 'node:test';
import { ChatServer } from '../helpers/chat-server.js';
import { describePostgres } from '../contract/helpers/stores.js';

describePostgres('a server on PostgreSQL', (postgres) => {
  let databaseUrl: string;
  before(async () => {
    databaseUrl = postgres.url(await postgres.createDatabase());
  });

  const start = (t: TestContext): Promise<ChatServer> => ChatServer.start(t, { databaseUrl });

  it('stores, acks, delivers and tells again after a restart', async (t) => {
    const server = await start(t);
    const [alice, bob] = await server.connectAll('alice', 'bob');
    const { epoch } = bob.all.find((frame) => frame.t === 'welcome')!;
    await Promise.all(Array.from({ length: 50 }, (_, i) => alice.text('p2p-bob', `${i}`, `postgres-id-${i}`)));
    for (let seq = 1; seq <= 50; seq++) assert.equal((await bob.expect('event')).event.seq, seq);
    bob.send({ t: 'read', cid: 'p2p-alice', seq: 40 });
    const { event } = await alice.expect('user');
    assert.ok(event.kind === 'peer-read' && event.seq === 40);
    await server.restart();
    const again = await server.open();
    const resume = { epoch, u: 0, heads: [['p2p-alice', 30]] as [string, number][] };
    await again.greet({ account: 'bob', token: await server.token('bob'), resume });
    const sync = await again.expect('sync');
    assert.deepEqual([sync.from, sync.to, sync.conversation.unread], [31, 50, 10]);
    const later = await server.connect('alice');
    const dup = await later.text('p2p-bob', '7', 'postgres-id-7');
    assert.ok(dup.t === 'ack' && dup.dup === true);
  });

  it('finds what another node on the same database wrote, although no hint came', async (t) => {
    const [one, two] = [await start(t), await start(t)];
    const carol = await one.connect('carol');
    const [dave, mallory] = await two.connectAll('dave', 'carol');
    await carol.text('p2p-dave', '1', 'from-node-one');
    await dave.close();
    const back = await two.connect('dave');
    await carol.text('p2p-dave', '2');
    await two.checkHeads();
    // One whom others were here before may be told the last event once more.
    await back.expect('event', ({ event }) => event.seq === 2);
    const dup = await mallory.text('p2p-dave', '1', 'from-node-one');
    assert.ok(dup.t === 'ack' && dup.dup === true && dup.seq === 1);
  });
});
