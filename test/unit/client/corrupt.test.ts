import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import { storeNames } from '../../../src/client/cache/schema.js';
import type { CacheError } from '../../../src/client/errors.js';
import { connected, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

/** Nested so deep that whoever walks down it by recursion without end falls. */
const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : [deep(levels - 1)]);
const poisoned: unknown = JSON.parse(
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
);

/** What can lie where something else belongs, by a name that a report has room for. Only what IndexedDB can store: nothing else can get there. */
const garbage = new Map<string, unknown>([
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['empty', ''],
  ['proto', '__proto__'],
  ['constructor', 'constructor'],
  ['no-name', 'p2p-'],
  ['not-a-number', NaN],
  ['infinity', Infinity],
  ['negative', -1],
  ['fraction', 1.5],
  ['too-big', 2 ** 53],
  ['array', []],
  ['object', {}],
  ['date', new Date(NaN)],
  ['map', new Map([['content', 'x']])],
  ['buffer', new ArrayBuffer(8)],
  ['poisoned', poisoned],
  ['huge', 'x'.repeat(1_000_000)],
  ['surrogate', 'lone \ud800'],
  ['nul', 'nul \0'],
  ['deep', deep(400)],
  ['long', Array.from({ length: 10_000 }, () => 0)],
]);

type Damage = {
  readonly store: number;
  readonly record: number;
  readonly path: readonly number[];
  readonly value: string;
};
const damage: fc.Arbitrary<Damage> = fc.record({
  store: fc.nat({ max: storeNames.length - 1 }),
  record: fc.nat({ max: 1_000 }),
  path: fc.array(fc.nat({ max: 1_000 }), { maxLength: 3 }),
  value: fc.constantFrom(...garbage.keys()),
});

/** Puts the garbage somewhere into the record; as a whole where the path is empty. */
function damaged(record: unknown, path: readonly number[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof record !== 'object' || record === null) return value;
  const keys = Object.keys(record);
  const key = keys[first % keys.length];
  if (key === undefined) return value;
  const inner = damaged((record as Record<string, unknown>)[key], rest, value);
  return Array.isArray(record) ? record.with(Number(key), inner) : { ...record, [key]: inner };
}

/** The key of a record stays where it is: otherwise it would be another record. */
function withKeyOf(original: unknown, changed: unknown, keyPath: string | string[] | null): unknown {
  if (keyPath === null) return changed;
  const base = typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? { ...changed } : {};
  for (const path of [keyPath].flat()) {
    const names = path.split('.');
    let from = original as Record<string, unknown>;
    let to = base as Record<string, unknown>;
    for (const [i, name] of names.entries()) {
      if (i === names.length - 1) to[name] = from[name];
      else {
        const inner = to[name];
        to = to[name] = typeof inner === 'object' && inner !== null && !(inner instanceof Date) ? { ...inner } : {};
        from = from[name] as Record<string, unknown>;
      }
    }
  }
  return base;
}

let count = 0;

describe('a database with corrupt records', function () {
  this.timeout(100_000);

  const seed = Date.now() % 2 ** 31;
  const rounds = 40;

  it(`F23: in any store: the others are usable, nothing is blocked (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 12 }), (damages) => survives(damages)),
      { seed, numRuns: rounds, endOnFailure: true, includeErrorInReport: true },
    );
  });
});

async function survives(damages: readonly Damage[]): Promise<void> {
  const server = `https://corrupt-${count++}.example`;
  const name = `im-elements ${new URL(server).host}/ alice`;
  const loop = new LoopServer();
  loop.fill('p2p-bob', 5);
  loop.fill('p2p-carol', 2);
  const uncaught: unknown[] = [];
  const catching = (event: ErrorEvent | PromiseRejectionEvent): void =>
    void uncaught.push('reason' in event ? event.reason : event.error);
  addEventListener('error', catching);
  addEventListener('unhandledrejection', catching);
  const clients: ChatClient[] = [];
  const start = (): ChatClient => {
    const client = loop.client({ server });
    clients.push(client);
    client.connect();
    return client;
  };
  try {
    const first = start();
    await until(first, () => first.conversations().length === 2);
    await first.openTimeline('p2p-bob');
    await first.send('p2p-bob', { content: 'sent' });
    await until(first, () => first.timeline('p2p-bob').messages.at(-1)?.status === 'success');
    loop.storing = false;
    await first.send('p2p-bob', { content: 'unsent' });
    await first.send('p2p-carol', { content: 'unsent too' });
    first.setDraft('p2p-bob', 'half a sen');
    await first.close();
    const intact = await spoil(name, damages);
    loop.storing = true;
    loop.received.length = 0;

    const second = start();
    const codes: string[] = [];
    second.on('error', ({ error }) => codes.push((error as CacheError).code));
    await connected(second);
    await until(second, () => !second.conversationsLoading && second.conversations().length === 2);
    await second.openTimeline('p2p-bob');
    // Everything that the server has is there, in order, once; what was unsent and is intact has been sent.
    await until(second, () => {
      const { messages } = second.timeline('p2p-bob');
      const stored = messages.filter(({ status }) => status === 'success').map(({ seq }) => seq);
      return (
        stored.join() ===
        loop.logs
          .get('p2p-bob')!
          .map(({ seq }) => seq)
          .join()
      );
    });
    for (const content of intact) await until(second, () => loop.of('send').some((frame) => frame.content === content));
    await second.send('p2p-bob', { content: 'goes on' });
    await until(second, () => second.timeline('p2p-bob').messages.at(-1)?.content === 'goes on');
    await until(second, () => second.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    expect(second.connection.state).to.equal('connected');
    expect(codes.filter((code) => code !== 'damaged')).to.deep.equal([]);
    // What is damaged may still be a message: told is what cannot be sent, once.
    expect(codes.length).to.be.at.most(intact.length < 2 ? 1 : 0);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    expect(uncaught).to.deep.equal([]);
  } finally {
    removeEventListener('error', catching);
    removeEventListener('unhandledrejection', catching);
    await Promise.all(clients.map((client) => client.close()));
    await deleteDB(name);
  }
}

/** @returns the contents of the unsent messages that were left alone */
async function spoil(name: string, damages: readonly Damage[]): Promise<string[]> {
  const db = await openDB(name);
  const spoilt = new Set<IDBValidKey>();
  for (const { store: at, record, path, value } of damages) {
    const store = storeNames[at]!;
    const keys = await db.getAllKeys(store);
    const key = keys[record % keys.length];
    if (key === undefined) continue;
    const { keyPath } = db.transaction(store).store;
    const original: unknown = await db.get(store, key);
    const changed = withKeyOf(original, damaged(original, path, garbage.get(value)), keyPath);
    await db.put(store, changed, keyPath === null ? key : undefined);
    if (store === 'outbox') spoilt.add(key);
  }
  const rows = (await db.getAll('outbox')) as { idClient: string; body: { content: string } }[];
  db.close();
  return rows.filter(({ idClient }) => !spoilt.has(idClient)).map(({ body }) => body.content);
}
