import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { FallbackCache, type FallbackSetup } from '../../../src/client/cache/fallback-cache.js';
import { migrations } from '../../../src/client/cache/schema.js';
import { systemClock } from '../../../src/client/clock.js';
import type { Cache } from '../../../src/client/cache/cache.js';
import { cacheContract, entry, pageOf, row, write } from './cache-contract.js';

let count = 0;
/** So long that nothing is tried again while a test runs. */
const never = 3_600_000;

/** A cache, and what it told. */
class Subject {
  readonly cache: FallbackCache;
  readonly codes: string[] = [];
  lasting = true;
  #told: () => void = () => undefined;

  constructor(name: string, retry: number, present: Partial<ReturnType<FallbackSetup['present']>> = {}) {
    this.cache = new FallbackCache({
      name,
      clock: systemClock,
      limit: 3_000,
      retry,
      present: () => ({ entries: [], outbox: [], drafts: [], ...present }),
      onError: ({ code }) => this.codes.push(code),
      onLasting: (lasting) => {
        this.lasting = lasting;
        this.#told();
      },
    });
  }

  async until(lasting: boolean): Promise<void> {
    while (this.lasting !== lasting) await new Promise<void>((told) => (this.#told = told));
  }
}

const ids = (rows: readonly { idClient: string }[]): string[] => rows.map(({ idClient }) => idClient);

describe('the database, while it works', () => {
  const name = (): string => `fallback works ${count}`;
  beforeEach(() => void count++);
  afterEach(() => deleteDB(name()));
  cacheContract(async () => {
    const { cache } = new Subject(name(), never);
    await cache.open();
    return cache;
  }, true);
});

describe('F20: the memory behind a database that a newer version has taken', () => {
  const name = (): string => `fallback fell ${count}`;
  beforeEach(() => void count++);
  afterEach(() => deleteDB(name()));
  cacheContract(async () => {
    const { cache } = new Subject(name(), never);
    await cache.open();
    (await openDB(name(), migrations.length + 1)).close();
    return cache;
  }, false);
});

describe('F21: the new database after one that was deleted', () => {
  let first: boolean;
  const name = (): string => `fallback came back ${count}`;
  beforeEach(() => {
    count++;
    first = true;
  });
  afterEach(() => deleteDB(name()));
  cacheContract(async (): Promise<Cache> => {
    const subject = new Subject(name(), 1);
    await subject.cache.open();
    if (first) {
      await deleteDB(name());
      await subject.until(true);
    }
    first = false;
    return subject.cache;
  }, true);
});

describe('a database that comes back', () => {
  let name: string;
  let subjects: Subject[];
  const put = IDBObjectStore.prototype.put;

  beforeEach(() => {
    name = `coming back ${count++}`;
    subjects = [];
  });
  afterEach(async () => {
    IDBObjectStore.prototype.put = put;
    for (const { cache } of subjects) cache.close();
    await deleteDB(name);
  });

  const subject = (...args: [retry: number, present?: Partial<ReturnType<FallbackSetup['present']>>]): Subject => {
    const made = new Subject(name, ...args);
    subjects.push(made);
    return made;
  };

  it('F21: after a deletion: has all that the client held, and all that was written since', async () => {
    const held = { entries: [entry('p2p-bob')], outbox: [row('client-a', 1)], drafts: [{ cid: 'p2p-bob', text: 'x' }] };
    const first = subject(200, held);
    await first.cache.open();
    await write(first.cache, held);
    await deleteDB(name);
    await first.until(false);
    await write(first.cache, { outbox: [row('client-b', 2)], meta: { cursor: { epoch: 'e', u: 3 } } });
    await first.until(true);
    await write(first.cache, { outbox: [row('client-c', 3)], events: pageOf('p2p-bob', 1, 2) });
    first.cache.close();
    const later = subject(never);
    await later.cache.open();
    const { entries, outbox, drafts, cursor } = await later.cache.load(0);
    expect(ids(outbox)).to.deep.equal(['client-a', 'client-b', 'client-c']);
    expect({ entries, drafts, cursor }).to.deep.equal({
      entries: held.entries,
      drafts: held.drafts,
      cursor: { epoch: 'e', u: 3 },
    });
    expect(await later.cache.events('p2p-bob', 1, 2)).to.have.length(2);
    expect(first.codes).to.deep.equal(['closed']);
  });

  it('F19: after a full disk: nothing of what was sent, discarded or cleared meanwhile is on it', async () => {
    const drafts = [
      { cid: 'p2p-bob', text: 'x' },
      { cid: 'p2p-eve', text: 'y' },
    ];
    const outbox = [row('client-a', 1), row('client-b', 2)];
    const first = subject(20, { outbox, drafts });
    await first.cache.open();
    await write(first.cache, { outbox, drafts, events: pageOf('p2p-bob', 1, 5) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await write(first.cache, { outbox: [row('client-c', 3)] });
    await write(first.cache, { settled: ['client-a'], drafts: [{ cid: 'p2p-bob', text: '' }] });
    expect(first.lasting).to.equal(false);
    IDBObjectStore.prototype.put = put;
    await first.until(true);
    first.cache.close();
    const later = subject(never);
    await later.cache.open();
    const snapshot = await later.cache.load(0);
    expect(ids(snapshot.outbox)).to.deep.equal(['client-b', 'client-c']);
    expect(snapshot.drafts).to.deep.equal([drafts[1]]);
    // Pages that were not written meanwhile would be missing among those that were.
    expect(await later.cache.events('p2p-bob', 1, 5)).to.deep.equal([]);
    expect(first.codes).to.deep.equal(['quota']);
  });

  it('F19: on a disk with room for what is unsent only, keeps that and no pages', async () => {
    const { cache, codes } = subject(never);
    await cache.open();
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (this.name === 'events') throw new DOMException('full', 'QuotaExceededError');
      return key === undefined ? put.call(this, value) : put.call(this, value, key);
    };
    await write(cache, { outbox: [row('client-a', 1)], events: pageOf('p2p-bob', 1, 5) });
    expect([cache.lasting, codes]).to.deep.equal([true, []]);
    cache.close();
    await cache.open();
    expect(ids(await cache.outbox())).to.deep.equal(['client-a']);
    expect(await cache.events('p2p-bob', 1, 5)).to.deep.equal([]);
  });

  it('F23: after a transaction that the browser aborted, loses nothing of it', async () => {
    const first = subject(20);
    await first.cache.open();
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown) {
      IDBObjectStore.prototype.put = put;
      const request = put.call(this, value);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
    await write(first.cache, { outbox: [row('client-a', 1)], strict: true });
    await first.until(true);
    first.cache.close();
    await first.cache.open();
    expect(ids(await first.cache.outbox())).to.deep.equal(['client-a']);
    expect(first.codes).to.deep.equal(['failed']);
  });

  it('F20: that an old tab blocked is used as soon as that one is gone, with what lay in it', async () => {
    const before = subject(never);
    await before.cache.open();
    await write(before.cache, { outbox: [row('client-a', 1)], entries: [entry('p2p-carol')] });
    before.cache.close();
    const late = new FallbackCache({
      name,
      clock: systemClock,
      limit: 50,
      retry: 20,
      present: () => ({ entries: [], outbox: [], drafts: [] }),
      onError: () => undefined,
      onLasting: (lasting) => lasting && told(),
    });
    let told = (): void => undefined;
    const back = new Promise<void>((done) => (told = done));
    // Somebody upgrades and takes its time: whoever opens meanwhile waits.
    const upgrade = indexedDB.open(name, migrations.length);
    const open = await new Promise<IDBDatabase>((done) => (upgrade.onsuccess = () => done(upgrade.result)));
    const deletion = indexedDB.open(name, migrations.length + 1);
    await new Promise((blocked) => (deletion.onblocked = blocked));
    await late.open();
    await write(late, { outbox: [row('client-b', 2)] });
    expect(late.lasting).to.equal(false);
    // The one that waited gives up: the version stays what it was.
    deletion.onupgradeneeded = () => deletion.transaction!.abort();
    const gaveUp = new Promise((done) => (deletion.onerror = done));
    open.close();
    ((await gaveUp) as Event).preventDefault();
    await back;
    expect(ids(await late.outbox())).to.deep.equal(['client-a', 'client-b']);
    late.close();
  });

  it('F20: that belongs to a newer version is left alone', async () => {
    const { cache, codes } = subject(1);
    await cache.open();
    const newer = await openDB(name, migrations.length + 1);
    expect(cache.lasting).to.equal(false);
    await write(cache, { outbox: [row('client-a', 1)] });
    newer.close();
    // Had it tried again it would have had the time, for these wait behind whatever is being opened.
    for (let i = 0; i < 5; i++) (await openDB(name, migrations.length + 1)).close();
    expect([cache.lasting, cache.shared, codes]).to.deep.equal([false, false, ['newer']]);
  });

  it('is left alone by a client that was closed', async () => {
    const { cache } = subject(1);
    await cache.open();
    await deleteDB(name);
    cache.close();
    let blocked = false;
    for (let i = 0; i < 5; i++) await deleteDB(name, { blocked: () => (blocked = true) });
    expect(blocked, 'an open one would have to give way first').to.equal(false);
    expect((await indexedDB.databases()).map((database) => database.name)).not.to.include(name);
  });
});
