import { expect } from '@open-wc/testing';
import type { Cache, CacheWrite, OutboxRow } from '../../../src/client/cache/cache.js';
import type { Entry } from '../../../src/client/store/entry.js';
import type { LogEvent } from '../../../src/protocol/model.js';

const nothing: CacheWrite = {
  events: [],
  entries: [],
  outbox: [],
  settled: [],
  sent: [],
  drafts: [],
  meta: {},
  strict: false,
};

export const write = (cache: Cache, change: Partial<CacheWrite>): Promise<void> =>
  cache.write({ ...nothing, ...change });

export const logEvent = (seq: number): LogEvent => ({
  kind: 'message',
  seq,
  n: seq,
  message: { id: `id-${seq}`, idClient: `client-${seq}`, type: 'text', from: 'bob', time: seq, content: `m${seq}` },
});

export const pageOf = (cid: string, from: number, to: number): { cid: string; event: LogEvent }[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ cid, event: logEvent(from + i) }));

export const entry = (id: string, change: Partial<Entry['conversation']> = {}, head = 3): Entry => ({
  head,
  confirmedRead: 0,
  conversation: {
    id,
    scene: 'p2p',
    to: id.slice(4),
    name: id.slice(4),
    updateTime: 1,
    lastSeq: 3,
    unread: 1,
    readSeq: 2,
    pinned: false,
    muted: false,
    ...change,
  },
});

export const row = (idClient: string, order: number): OutboxRow => ({
  idClient,
  cid: 'p2p-bob',
  order,
  time: order,
  tab: 'tab-1',
  status: 'sending',
  type: 'text',
  body: { content: idClient },
});

/** What every cache does. `open` gives the cache of one name, again where it is called again. */
export function cacheContract(open: () => Promise<Cache>, lasting: boolean): void {
  let cache: Cache;
  beforeEach(async () => (cache = await open()));
  afterEach(() => cache.close());

  /** The same data, seen by a later life of the page. */
  const reopened = async (): Promise<Cache> => {
    if (!lasting) return cache;
    cache.close();
    return (cache = await open());
  };

  it('is empty at first, and knows its device from then on', async () => {
    const { device, ...rest } = await cache.load(0);
    expect(rest).to.deep.equal({ entries: [], drafts: [], outbox: [] });
    expect(device).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect((await (await reopened()).load(0)).device).to.equal(device);
  });

  it('gives back what was written', async () => {
    const cursor = { epoch: 'e', u: 4 };
    await write(cache, {
      events: pageOf('p2p-bob', 1, 3),
      entries: [entry('p2p-bob'), entry('p2p-carol', { pinned: true })],
      outbox: [row('client-b', 2), row('client-a', 1)],
      drafts: [{ cid: 'p2p-bob', text: 'half a sen' }],
      meta: { cursor, profile: { account: 'alice', name: 'Alice' }, more: true },
      strict: true,
    });
    const snapshot = await (await reopened()).load(0);
    expect(snapshot.cursor).to.deep.equal(cursor);
    expect(snapshot.profile?.name).to.equal('Alice');
    expect(snapshot.more).to.equal(true);
    expect(snapshot.entries).to.deep.equal([entry('p2p-bob'), entry('p2p-carol', { pinned: true })]);
    expect(snapshot.outbox).to.deep.equal([row('client-a', 1), row('client-b', 2)]);
    expect(snapshot.drafts).to.deep.equal([{ cid: 'p2p-bob', text: 'half a sen' }]);
    expect(await cache.events('p2p-bob', 1, 3)).to.deep.equal([logEvent(1), logEvent(2), logEvent(3)]);
  });

  it('keeps conversations apart, and gives a range without what is missing in it', async () => {
    await write(cache, {
      events: [
        ...pageOf('p2p-bob', 1, 2),
        ...pageOf('p2p-bob', 5, 12),
        ...pageOf('p2p-bo', 3, 4),
        ...pageOf('p2p-bobby', 3, 4),
      ],
    });
    const seqs = (await cache.events('p2p-bob', 2, 10)).map(({ seq }) => seq);
    expect(seqs).to.deep.equal([2, 5, 6, 7, 8, 9, 10]);
    expect(await cache.events('p2p-bob', 3, 4)).to.deep.equal([]);
    expect(await cache.events('p2p-bob', 10, 9)).to.deep.equal([]);
  });

  it('keeps the place of an event that it can not read', async () => {
    await write(cache, { events: [{ cid: 'p2p-bob', event: { kind: 'unknown', seq: 1 } }] });
    expect(await cache.events('p2p-bob', 1, 1)).to.deep.equal([{ kind: 'unknown', seq: 1 }]);
  });

  it('keeps a message in the state that an action leaves it in, wherever that stands', async () => {
    const action = (seq: number, target: number): LogEvent => ({
      ...{ kind: 'reaction', seq, target, account: 'bob', emoji: '👍', on: true },
    });
    const reacted = (seq: number, rev: number): LogEvent => {
      const plain = logEvent(seq) as Extract<LogEvent, { kind: 'message' }>;
      return { ...plain, message: { ...plain.message, reactions: [{ emoji: '👍', accounts: ['bob'] }], rev } };
    };
    await write(cache, { events: pageOf('p2p-bob', 1, 2) });
    // Its own message in the same write, one that was there, one that is not.
    const at = (event: LogEvent) => ({ cid: 'p2p-bob', event });
    await write(cache, { events: [...pageOf('p2p-bob', 3, 3), at(action(4, 3)), at(action(5, 1)), at(action(6, 99))] });
    const expected = [reacted(1, 5), logEvent(2), reacted(3, 4), action(4, 3), action(5, 1), action(6, 99)];
    expect(await (await reopened()).events('p2p-bob', 1, 6)).to.deep.equal(expected);
    // An older page, and the same action once more, change nothing.
    await write(cache, { events: [...pageOf('p2p-bob', 1, 3), at(action(5, 1))] });
    expect(await cache.events('p2p-bob', 1, 6)).to.deep.equal(expected);
  });

  it('forgets the pages below a place, of one conversation', async () => {
    await write(cache, { events: [...pageOf('p2p-bob', 1, 6), ...pageOf('p2p-bo', 1, 2)] });
    await write(cache, { events: pageOf('p2p-bob', 3, 3), forget: [{ cid: 'p2p-bob', below: 5 }] });
    expect((await cache.events('p2p-bob', 1, 6)).map(({ seq }) => seq)).to.deep.equal([3, 5, 6]);
    expect(await cache.events('p2p-bo', 1, 2)).to.have.length(2);
  });

  it('keeps what waits to be done to a message, and to be forwarded', async () => {
    const act: OutboxRow = {
      ...row('client-a', 1),
      ...{ type: 'act', body: {}, act: { act: 'edit', target: 3, id: 'id-3', content: 'x', from: 'alice' } },
    };
    const forward: OutboxRow = {
      ...row('client-b', 2),
      ...{ type: 'merged', body: {}, forward: { from: 'p2p-bob', seqs: [1, 2], title: 'Bob' } },
    };
    await write(cache, { outbox: [act, forward] });
    expect(await (await reopened()).outbox()).to.deep.equal([act, forward]);
  });

  it('replaces what has the same key', async () => {
    await write(cache, {
      entries: [entry('p2p-bob')],
      outbox: [row('client-a', 1)],
      meta: { cursor: { epoch: 'e', u: 1 } },
    });
    const failed: OutboxRow = { ...row('client-a', 1), status: 'fail', error: { code: 403, message: 'no' } };
    await write(cache, {
      entries: [entry('p2p-bob', { unread: 0 })],
      outbox: [failed],
      meta: { cursor: { epoch: 'e', u: 2 } },
    });
    const snapshot = await cache.load(0);
    expect(snapshot.entries).to.deep.equal([entry('p2p-bob', { unread: 0 })]);
    expect(snapshot.outbox).to.deep.equal([failed]);
    expect(snapshot.cursor?.u).to.equal(2);
  });

  it('moves a message from the outbox to what was sent, and forgets that after a day', async () => {
    const day = 24 * 3_600_000;
    await write(cache, { outbox: [row('client-a', 1), row('client-b', 2)] });
    await write(cache, { settled: ['client-a'], sent: [{ ...row('client-a', 1), ackedAt: 1_000 }] });
    expect(await cache.outbox()).to.deep.equal([row('client-b', 2)]);
    expect((await cache.sent()).map(({ idClient }) => idClient)).to.deep.equal(['client-a']);
    await cache.load(1_000 + day - 1);
    expect(await cache.sent()).to.have.length(1);
    await cache.load(1_000 + day);
    expect(await cache.sent()).to.have.length(0);
  });

  it('removes a draft that is empty', async () => {
    await write(cache, { drafts: [{ cid: 'p2p-bob', text: 'x' }] });
    await write(cache, { drafts: [{ cid: 'p2p-bob', text: '' }] });
    expect((await cache.load(0)).drafts).to.deep.equal([]);
  });

  it('forgets pages and cursors on a reset, and keeps what a person wrote', async () => {
    await write(cache, {
      events: pageOf('p2p-bob', 1, 3),
      entries: [entry('p2p-bob')],
      outbox: [row('client-a', 1)],
      sent: [{ ...row('client-b', 2), ackedAt: 1 }],
      drafts: [{ cid: 'p2p-bob', text: 'x' }],
      meta: { cursor: { epoch: 'e', u: 4 } },
    });
    await cache.reset();
    const snapshot = await cache.load(2);
    expect(snapshot.cursor).to.equal(undefined);
    expect(snapshot.entries).to.deep.equal([]);
    expect(await cache.events('p2p-bob', 1, 3)).to.deep.equal([]);
    expect(snapshot.outbox).to.have.length(1);
    expect(snapshot.drafts).to.have.length(1);
    expect(await cache.sent()).to.have.length(1);
  });

  it('makes room by forgetting pages only', async () => {
    await write(cache, { events: pageOf('p2p-bob', 1, 3), entries: [entry('p2p-bob')], outbox: [row('client-a', 1)] });
    await cache.evict();
    const snapshot = await cache.load(0);
    expect(await cache.events('p2p-bob', 1, 3)).to.deep.equal([]);
    expect(snapshot.entries).to.have.length(1);
    expect(snapshot.outbox).to.have.length(1);
  });

  it('takes names from outside as they are', async () => {
    for (const cid of ['p2p-__proto__', 'p2p-constructor'])
      await write(cache, { events: pageOf(cid, 1, 1), entries: [entry(cid)], drafts: [{ cid, text: 'x' }] });
    expect(await cache.events('p2p-__proto__', 1, 1)).to.have.length(1);
    expect((await cache.load(0)).drafts).to.have.length(2);
    expect(({} as { text?: string }).text).to.equal(undefined);
  });
}
