import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { openDatabase } from '../../../src/client/cache/database.js';
import { FallbackCache } from '../../../src/client/cache/fallback-cache.js';
import { IdbCache } from '../../../src/client/cache/idb-cache.js';
import { MemoryCache } from '../../../src/client/cache/memory-cache.js';
import type { Cache, FileRow } from '../../../src/client/cache/cache.js';
import { wipeDatabase } from '../../../src/client/cache/wipe.js';
import { systemClock } from '../../../src/client/clock.js';
import { row, write } from './cache-contract.js';

let count = 0;

const file = (idClient: string, text = 'film'): FileRow => ({
  idClient,
  file: new Blob([text], { type: 'video/mp4' }),
  thumbnail: new Blob(['small']),
});
const uploading = (idClient: string) => ({ ...row(idClient, 1), type: 'video', upload: { total: 4 } });

function cases(open: () => Promise<Cache>): void {
  it('keeps the bytes with the message, and gives them up with it', async () => {
    const cache = await open();
    await write(cache, { outbox: [uploading('client-1')], files: [file('client-1')], strict: true });
    const again = await open();
    const kept = await again.file('client-1');
    expect(await kept!.file.text()).to.equal('film');
    expect(kept!.file.type).to.equal('video/mp4');
    expect(await kept!.thumbnail!.text()).to.equal('small');
    expect((await again.outbox())[0]).to.deep.equal(uploading('client-1'));
    expect(await again.file('client-2')).to.equal(undefined);
    await write(again, { settled: ['client-1'] });
    expect(await again.file('client-1')).to.equal(undefined);
    expect(await again.outbox()).to.deep.equal([]);
    if (again !== cache) cache.close();
    again.close();
  });

  it('keeps them when everything that can be fetched again goes', async () => {
    const cache = await open();
    await write(cache, { outbox: [uploading('client-1')], files: [file('client-1')] });
    await cache.reset();
    await cache.evict();
    expect(await (await cache.file('client-1'))!.file.text()).to.equal('film');
    cache.close();
  });
}

describe('files in IndexedDB', () => {
  let name: string;
  beforeEach(() => (name = `files ${count++}`));
  afterEach(() => deleteDB(name));
  const database = () => openDatabase({ name, clock: systemClock, limit: 3_000, onGone: () => undefined });
  const open = async (): Promise<IdbCache> => new IdbCache(await database());
  cases(open);

  it('are all there or not at all: a row that cannot be written takes its bytes along', async () => {
    const cache = await open();
    const bad = { ...uploading('client-1'), idClient: undefined as unknown as string };
    let failed = false;
    await write(cache, { outbox: [bad], files: [file('client-1')] }).catch(() => (failed = true));
    expect(failed).to.equal(true);
    expect(await cache.file('client-1')).to.equal(undefined);
    cache.close();
  });

  it('count as missing when they are damaged', async () => {
    const db = await database();
    await db.put('files', { idClient: 'client-1', file: 'text' as unknown as Blob });
    expect(await new IdbCache(db).file('client-1')).to.equal(undefined);
    db.close();
  });

  it('outlive a sign-out as long as their message is not sent', async () => {
    const cache = await open();
    await write(cache, { outbox: [uploading('client-1')], files: [file('client-1')] });
    cache.close();
    await wipeDatabase(name);
    const again = await open();
    expect(await (await again.file('client-1'))!.file.text()).to.equal('film');
    again.close();
  });

  it('F19: leave a full disk to their message, and stay in memory', async () => {
    const errors: unknown[] = [];
    const disk = await open();
    const full: Cache = Object.assign(Object.create(disk) as Cache, {
      load: disk.load.bind(disk),
      outbox: disk.outbox.bind(disk),
      file: disk.file.bind(disk),
      evict: disk.evict.bind(disk),
      close: disk.close.bind(disk),
      write: (what: Parameters<Cache['write']>[0]) =>
        what.files?.length ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : disk.write(what),
    });
    const cache = new FallbackCache({
      given: full,
      clock: systemClock,
      limit: 3_000,
      retry: 60_000,
      present: () => ({ entries: [], outbox: [], drafts: [] }),
      onError: (error) => errors.push(error),
      onLasting: () => undefined,
    });
    await cache.open();
    await write(cache, { outbox: [uploading('client-1')], files: [file('client-1')], strict: true });
    expect(errors).to.deep.equal([]);
    expect(cache.lasting).to.equal(true);
    expect((await cache.outbox()).length).to.equal(1);
    cache.close();
  });
});

describe('files in memory', () => {
  const caches = new Map<number, MemoryCache>();
  let current = 0;
  beforeEach(() => caches.set(++current, new MemoryCache()));
  cases(() => Promise.resolve(caches.get(current)!));
});
