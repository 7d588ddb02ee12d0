import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { FallbackCache } from '../../../src/client/cache/fallback-cache.js';
import { migrations } from '../../../src/client/cache/schema.js';
import { openDatabase } from '../../../src/client/cache/database.js';
import { systemClock } from '../../../src/client/clock.js';
import type { CacheError } from '../../../src/client/errors.js';
import { entry, logEvent, pageOf, row, write } from './cache-contract.js';

let count = 0;

describe('a database that fails', () => {
  let name: string;
  let errors: CacheError[];
  let cache: FallbackCache;
  const codes = (): string[] => errors.map(({ code }) => code);
  const make = (limit = 3_000): FallbackCache =>
    new FallbackCache({
      name,
      clock: systemClock,
      limit,
      retry: 60_000,
      present: () => ({ entries: [], outbox: [], drafts: [] }),
      onError: (error) => errors.push(error),
      onLasting: () => undefined,
    });

  beforeEach(() => {
    name = `failing ${count++}`;
    errors = [];
    cache = make();
  });
  afterEach(async () => {
    cache.close();
    await deleteDB(name);
  });

  /** Memory does all that the database would, for as long as the page lives. */
  const works = async (): Promise<void> => {
    await write(cache, { events: pageOf('p2p-bob', 1, 1), outbox: [row('client-z', 9)] });
    expect(await cache.events('p2p-bob', 1, 1)).to.deep.equal([logEvent(1)]);
    expect((await cache.outbox()).some(({ idClient }) => idClient === 'client-z')).to.equal(true);
  };

  it('F22: is not there: memory, and one word about it', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      await cache.open();
      await works();
      expect(codes()).to.deep.equal(['unavailable']);
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
      else delete (globalThis as { indexedDB?: unknown }).indexedDB;
    }
  });

  it('F22: may not even be asked for, in a sandboxed frame: memory', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    const get = (): never => {
      throw new DOMException('sandboxed', 'SecurityError');
    };
    Object.defineProperty(globalThis, 'indexedDB', { get, configurable: true });
    try {
      await cache.open();
      await works();
      expect(codes()).to.deep.equal(['unavailable']);
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
      else delete (globalThis as { indexedDB?: unknown }).indexedDB;
    }
  });

  it('F20: is blocked by somebody who will not let go: memory, in time', async () => {
    const stubborn = await openDB(name, 1);
    const newer = new Promise<void>((done) => {
      const request = indexedDB.open(name, 1_000);
      request.onsuccess = () => (request.result.close(), done());
    });
    cache = make(100);
    await cache.open();
    await works();
    expect(codes()).to.deep.equal(['blocked']);
    stubborn.close();
    await newer;
  });

  it('F20: is of a later version than this: memory, and the data stays', async () => {
    const later = await openDB(name, migrations.length + 1, {
      upgrade: (db) => void db.createObjectStore('of-the-future'),
    });
    later.close();
    await cache.open();
    await works();
    expect(codes()).to.deep.equal(['newer']);
  });

  it('F20: gives way to a newer tab, and goes on in memory', async () => {
    await cache.open();
    await works();
    const newer = await openDB(name, migrations.length + 1);
    newer.close();
    await works();
    expect(codes()).to.deep.equal(['newer']);
  });

  it('F21: is deleted while it is open: no crash, and memory from then on', async () => {
    await cache.open();
    await works();
    await deleteDB(name);
    await works();
    expect(codes()).to.deep.equal(['closed']);
  });

  it('F20: does not stay open behind one that gave up waiting', async () => {
    const holder = await openDB(name, migrations.length + 1);
    holder.close();
    await deleteDB(name);
    let settle: () => void = () => undefined;
    const clock = { ...systemClock, setTimeout: (run: () => void) => void (settle = run) };
    const opening = openDatabase({ name, clock, limit: 1, onGone: () => undefined });
    settle();
    const failure = await opening.then(
      () => undefined,
      (error: CacheError) => error.code,
    );
    expect(failure).to.equal('blocked');
    // Deleting would wait for ever behind an open one that has no handler.
    await deleteDB(name);
  });

  it('runs the migrations that are missing, in order', async () => {
    const db = await openDatabase({ name, clock: systemClock, limit: 3_000, onGone: () => undefined });
    expect(db.version).to.equal(migrations.length);
    expect([...db.objectStoreNames]).to.deep.equal([
      'conversations',
      'drafts',
      'events',
      'files',
      'groups',
      'meta',
      'notices',
      'outbox',
      'sent',
    ]);
    db.close();
  });

  it('F23: passes over records that are damaged, and gives the others', async () => {
    await cache.open();
    await write(cache, { events: pageOf('p2p-bob', 1, 3), entries: [entry('p2p-bob')], outbox: [row('client-a', 1)] });
    const db = await openDB(name, migrations.length);
    await db.put('events', { cid: 'p2p-bob', seq: 2, message: { id: 7 } });
    await db.put('conversations', { conversation: { id: 'p2p-carol' } });
    await db.put('conversations', { conversation: { id: 'nonsense' }, confirmedRead: 0 });
    await db.put('outbox', { idClient: 'client-b', order: 'first' });
    await db.put('drafts', { cid: 'p2p-x', text: 5 });
    await db.put('meta', 'not a cursor', 'cursor');
    db.close();
    const snapshot = await cache.load(0);
    expect(snapshot.entries).to.deep.equal([entry('p2p-bob')]);
    expect(snapshot.outbox).to.deep.equal([row('client-a', 1)]);
    expect(snapshot.drafts).to.deep.equal([]);
    expect(snapshot.cursor).to.equal(undefined);
    expect((await cache.events('p2p-bob', 1, 3)).map(({ seq }) => seq)).to.deep.equal([1, 3]);
    // Of all that, only an unsent message cannot be had again.
    expect(codes()).to.deep.equal(['damaged']);
  });

  describe('on a full disk', () => {
    const put = IDBObjectStore.prototype.put;
    /** Which writes the disk has no room for. */
    const full = (store: (name: string) => boolean): void => {
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
        if (store(this.name)) throw new DOMException('full', 'QuotaExceededError');
        return key === undefined ? put.call(this, value) : put.call(this, value, key);
      };
    };
    afterEach(() => {
      IDBObjectStore.prototype.put = put;
    });

    it('F19: drops pages first, and keeps what is unsent', async () => {
      await cache.open();
      await write(cache, { events: pageOf('p2p-bob', 1, 100), outbox: [row('client-a', 1)] });
      let refusals = 1;
      full((store) => store === 'outbox' && refusals-- > 0);
      await write(cache, { outbox: [row('client-b', 2)], strict: true });
      cache.close();
      await cache.open();
      expect((await cache.load(0)).outbox.map(({ idClient }) => idClient)).to.deep.equal(['client-a', 'client-b']);
      expect(await cache.events('p2p-bob', 1, 100)).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('F19: that stays full goes on in memory, says so once, and has lost nothing of before', async () => {
      await cache.open();
      await write(cache, { outbox: [row('client-a', 1)] });
      full(() => true);
      await write(cache, { events: pageOf('p2p-bob', 1, 1), outbox: [row('client-b', 2)] });
      await works();
      expect(codes()).to.deep.equal(['quota']);
      IDBObjectStore.prototype.put = put;
      const later = make();
      await later.open();
      expect((await later.load(0)).outbox).to.deep.equal([row('client-a', 1)]);
      later.close();
    });

    it('F23: writes all of a transaction or nothing', async () => {
      await cache.open();
      full((store) => store === 'conversations');
      await write(cache, { events: pageOf('p2p-bob', 1, 1), entries: [entry('p2p-bob')] });
      IDBObjectStore.prototype.put = put;
      const later = make();
      await later.open();
      expect(await later.events('p2p-bob', 1, 1)).to.deep.equal([]);
      later.close();
    });
  });
});
