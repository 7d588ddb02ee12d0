import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { Cache } from '../../../src/client/cache/cache.js';
import { openDatabase } from '../../../src/client/cache/database.js';
import { IdbCache } from '../../../src/client/cache/idb-cache.js';
import { MemoryCache } from '../../../src/client/cache/memory-cache.js';
import { systemClock } from '../../../src/client/clock.js';
import type { GroupInfo, GroupMember, Notice } from '../../../src/protocol/groups.js';
import { write } from './cache-contract.js';

const info: GroupInfo = {
  id: 'group-trip',
  form: 'public',
  name: 'Trip',
  joinMode: 'approval',
  inviteMode: 'nobody',
  mutedAll: false,
  dismissed: false,
  memberCount: 2,
  memberLimit: 2_000,
  createTime: 1,
  role: 'member',
  notify: 'notify',
};
const members: GroupMember[] = [{ account: 'bob', role: 'owner', joinTime: 1, nickname: 'Captain' }];
const notice: Notice = {
  msgId: 'm',
  num: 4,
  time: 1,
  type: 'applyTeam',
  from: 'carol',
  to: 'group-trip',
  scene: 'group',
  state: 'init',
  read: false,
};

let count = 0;

for (const [what, open] of [
  ['IndexedDB', (name: string) => openIdb(name)],
  ['memory', () => Promise.resolve(new MemoryCache())],
] as const)
  describe(`groups and notices in ${what}`, () => {
    let name: string;
    let cache: Cache;
    beforeEach(async () => (cache = await open((name = `groups ${count++}`))));
    afterEach(async () => {
      cache.close();
      await deleteDB(name);
    });

    it('are kept as they were last seen', async () => {
      const groups = [{ id: info.id, info, members }];
      await write(cache, { groups: [{ id: info.id, info }], notices: [notice], meta: { noticesRead: 3 } });
      await write(cache, { groups, notices: [{ ...notice, state: 'passed', by: 'bob' }] });
      const snapshot = await cache.load(0);
      expect(snapshot.groups).to.deep.equal(groups);
      expect(snapshot.notices).to.deep.equal([{ ...notice, state: 'passed', by: 'bob' }]);
      expect(snapshot.noticesRead).to.equal(3);
    });

    it('go with the history that they are of', async () => {
      await write(cache, { groups: [{ id: info.id, info }], notices: [notice], meta: { noticesRead: 3 } });
      await cache.reset();
      const { groups, notices, noticesRead } = await cache.load(0);
      expect([groups, notices, noticesRead]).to.deep.equal([undefined, undefined, undefined]);
    });
  });

describe('a damaged group or notice in the database', () => {
  it('counts as missing', async () => {
    const name = `groups ${count++}`;
    const db = await openDatabase({ name, clock: systemClock, limit: 3_000, onGone: () => undefined });
    await db.put('groups', { id: 'group-trip', info: { ...info, form: 'no form' } } as never);
    await db.put('notices', { num: 1, type: 7 } as never);
    const cache = new IdbCache(db);
    const { groups, notices } = await cache.load(0);
    expect([groups, notices]).to.deep.equal([undefined, undefined]);
    cache.close();
    await deleteDB(name);
  });
});

async function openIdb(name: string): Promise<Cache> {
  return new IdbCache(await openDatabase({ name, clock: systemClock, limit: 3_000, onGone: () => undefined }));
}
