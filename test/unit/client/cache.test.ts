import { deleteDB } from 'idb';
import { openDatabase } from '../../../src/client/cache/database.js';
import { IdbCache } from '../../../src/client/cache/idb-cache.js';
import { MemoryCache } from '../../../src/client/cache/memory-cache.js';
import { systemClock } from '../../../src/client/clock.js';
import { cacheContract } from './cache-contract.js';

let count = 0;

describe('the cache in IndexedDB', () => {
  let name: string;
  beforeEach(() => (name = `contract ${count++}`));
  afterEach(() => deleteDB(name));
  cacheContract(
    async () => new IdbCache(await openDatabase({ name, clock: systemClock, limit: 3_000, onGone: () => undefined })),
    true,
  );
});

describe('the cache in memory', () => {
  cacheContract(() => Promise.resolve(new MemoryCache()), false);
});
