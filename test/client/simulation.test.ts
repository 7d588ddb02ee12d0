import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatClient } from '../../src/client/chat-client.js';
import { FakeClock } from './helpers/fake-clock.js';
import { calm, SimServer } from './helpers/sim-server.js';

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type World = { server: SimServer; clock: FakeClock; clients: ChatClient[]; random: () => number };

function worldOf(seed: number): World {
  const clock = new FakeClock();
  const random = randomOf(seed);
  const server = new SimServer(clock, random);
  const clients = ['alice', 'bob', 'alice'].map(
    (account) =>
      new ChatClient({
        server: 'https://chat.example',
        account,
        token: 'token',
        cache: 'memory',
        WebSocket: server.socketFor(account),
        signals: null,
        clock,
        random,
      }),
  );
  return { server, clock, clients, random };
}

const cidOf = ({ account }: ChatClient): string => (account === 'alice' ? 'p2p-bob' : 'p2p-alice');

/** Everybody writes while everything breaks; then it is calm, and all must agree. */
async function storm({ server, clock, clients, random }: World): Promise<Map<string, string[]>> {
  const written = new Map<string, string[]>(clients.map((_, index) => [`${index}`, []]));
  server.weather = { delay: 400 * random(), hintLost: 0.3, hintTwice: 0.2, cut: 0.08 * random(), busy: 0.1 };
  for (const client of clients) {
    client.connect();
    void client.openTimeline(cidOf(client));
  }
  for (let step = 0; step < 60; step++) {
    const index = Math.floor(random() * clients.length);
    const client = clients[index]!;
    const content = `${index} ${written.get(`${index}`)!.length}`;
    written.get(`${index}`)!.push(content);
    void client.send(cidOf(client), { content });
    if (random() < 0.05) client.connect();
    await clock.advance(random() * 800);
  }
  server.weather = calm;
  for (let second = 0; second < 120; second += 3) {
    server.checkHeads();
    await clock.advance(3_000);
  }
  return written;
}

describe('three clients in a storm', () => {
  for (let seed = 1; seed <= 40; seed++)
    it(`agree with the log in the end (seed ${seed})`, async () => {
      const world = worldOf(seed);
      const { server, clients, clock } = world;
      const told = clients.map((client) => {
        const arrived: (number | undefined)[] = [];
        client.on('message', ({ message }) => arrived.push(message.seq));
        return arrived;
      });
      const written = await storm(world);
      const all = [...written.values()].flat();
      const log = server.log.map(({ message }) => message.content);
      assert.deepEqual([...log].sort(), [...all].sort(), 'each message is stored once');
      for (const [index, contents] of written)
        assert.deepEqual(
          log.filter((content) => content?.startsWith(`${index} `)),
          contents,
          'in the order written',
        );
      for (const [index, client] of clients.entries()) {
        const cid = cidOf(client);
        while (client.timeline(cid).hasNewer) await settled(clock, client.loadNewer(cid));
        while (client.timeline(cid).hasOlder) await settled(clock, client.loadOlder(cid));
        const { messages } = client.timeline(cid);
        assert.deepEqual(
          messages.map(({ seq }) => seq),
          log.map((_, i) => i + 1),
          'no hole, nothing twice',
        );
        assert.deepEqual(
          messages.map(({ content }) => content),
          log,
        );
        assert.ok(messages.every(({ status }) => status === 'success'));
        const incoming = server.log.filter(({ message }) => message.from !== client.account);
        assert.equal(client.unreadTotal, incoming.length, 'every message of others counts once');
        assert.equal(new Set(told[index]).size, told[index]!.length, 'each is told once');
        await settled(clock, client.close());
      }
      assert.equal(clock.pending, 0, 'no timer is left');
    });
});

/** Moves time on until `done`. */
async function settled(clock: FakeClock, done: Promise<unknown>): Promise<void> {
  let over = false;
  void done.then(() => (over = true));
  for (let i = 0; i < 100 && !over; i++) await clock.advance(100);
  assert.ok(over, 'it never came to an end');
}
