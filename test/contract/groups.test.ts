import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { GroupChange, GroupChanged, NewGroup, NewNotice } from '../../src/server/storage/groups/group-storage.js';
import type { Storage } from '../../src/server/storage/storage.js';
import { onEveryDatabase } from './helpers/stores.js';
import { messageIn, say, unique } from './helpers/talk.js';

const note = (from: string, type: string) => {
  const id = unique('note');
  return { id, idClient: id, from, body: JSON.stringify({ attach: { type } }) };
};

type Made = { id: string; conversation: number; alice: string; bob: string; carol: string };

async function make(store: Storage, given: Partial<NewGroup> = {}): Promise<Made> {
  const [alice, bob, carol] = [unique('alice'), unique('bob'), unique('carol')];
  for (const account of [alice, bob, carol]) await store.ensureAccount(account);
  const id = unique('g');
  const { conversation } = await store.createGroup({
    id,
    form: 'public',
    name: 'Trip',
    avatar: '',
    intro: 'To the sea',
    announcement: '',
    joinMode: 'approval',
    inviteMode: 'nobody',
    memberLimit: 200,
    createTime: 5_000,
    stored: true,
    members: [
      { account: alice, role: 'owner' },
      { account: bob, role: 'member' },
    ],
    note: note(alice, 'create'),
    ...given,
  });
  return { id, conversation, alice, bob, carol };
}

const apply = async (store: Storage, change: GroupChange): Promise<GroupChanged> => {
  const changed = await store.changeGroup(change);
  assert.notEqual(changed, 'stale');
  return changed as GroupChanged;
};

const applied = (account: string, id: string): NewNotice => ({
  account,
  msgId: id,
  type: 'applyTeam',
  from: 'x',
  to: 'group-1',
  scene: 'group',
  name: 'Trip',
  content: 'let me in',
  custom: '',
  state: 'init',
});

onEveryDatabase((store) => {
  it('makes a group with its members, who have it in their lists with its first event', async () => {
    const { id, conversation, alice, bob, carol } = await make(store());
    const roster = await store().group(id);
    assert.deepEqual(
      [roster?.group.name, roster?.group.joinMode, roster?.group.mutedAll, roster?.group.version],
      ['Trip', 'approval', false, 1],
    );
    assert.deepEqual(roster?.members.map(({ account, role }) => `${account} ${role}`).sort(), [
      `${alice} owner`,
      `${bob} member`,
    ]);
    const [view] = await store().views(bob, { limit: 5 });
    assert.deepEqual(
      [view?.conversation, view?.scene, view?.to, view?.form, view?.name, view?.unread, view?.lastMessage?.type],
      [conversation, 'group', id, 'public', 'Trip', 0, 'notification'],
    );
    assert.deepEqual(await store().views(carol, { limit: 5 }), []);
    assert.equal(await store().group('nowhere'), undefined);
    await assert.rejects(make(store(), { members: [{ account: unique('nobody'), role: 'owner' }] }), /no account/);
  });

  it('keeps one that stores nothing out of the lists', async () => {
    const { id, alice } = await make(store(), { form: 'live', stored: false });
    assert.equal((await store().group(id))?.members.length, 2);
    assert.deepEqual(await store().views(alice, { limit: 5 }), []);
  });

  it('changes it once for each version: what was decided upon an older one is not done', async () => {
    const { id, conversation, alice } = await make(store());
    const change = { conversation, version: 1, time: 6_000, note: note(alice, 'update') };
    const outcomes = await Promise.all(
      ['One', 'Two', 'Three'].map((name) =>
        store().changeGroup({ ...change, note: note(alice, 'update'), set: { name } }),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'stale').length, 2);
    const roster = await store().group(id);
    assert.equal(roster?.group.version, 2);
    assert.equal((await store().heads([conversation])).get(conversation), 2, 'the stale ones wrote no event');
  });

  it('lets who comes count and read from the coming on, unless the form says otherwise', async () => {
    const { conversation, alice, carol } = await make(store());
    const dave = unique('dave');
    await store().ensureAccount(dave);
    await say(store(), conversation, alice, 3);
    const join = [
      { account: carol, role: 'member' as const, before: false },
      { account: dave, role: 'member' as const, before: true },
    ];
    const changed = await apply(store(), { conversation, version: 1, time: 7_000, join, note: note(alice, 'invite') });
    assert.deepEqual([changed.noteSeq, changed.joinedAt], [5, 4]);
    await say(store(), conversation, alice, 2);
    const [hers] = await store().views(carol, { limit: 5 });
    const [his] = await store().views(dave, { limit: 5 });
    assert.deepEqual([hers?.since, hers?.unread, hers?.readSeq], [4, 2, 5]);
    assert.deepEqual([his?.since, his?.unread], [undefined, 2]);
    assert.deepEqual(changed.us.map(([account]) => account).sort(), [carol, dave].sort());
    assert.equal((await store().account(carol))?.u, changed.us.find(([account]) => account === carol)?.[1]);
  });

  it('shows somebody who has just come no last message from before', async () => {
    const { conversation, alice, carol } = await make(store());
    await say(store(), conversation, alice, 1);
    await apply(store(), {
      conversation,
      version: 1,
      time: 7_000,
      join: [{ account: carol, role: 'member', before: false }],
    });
    assert.equal((await store().view(carol, conversation))?.lastMessage, undefined);
  });

  it('forgets who leaves, but not that he or she was muted', async () => {
    const { id, conversation, alice, bob } = await make(store());
    const change = { conversation, time: 7_000 };
    await apply(store(), { ...change, version: 1, mutes: [{ account: bob, until: 9_999 }] });
    await apply(store(), { ...change, version: 2, leave: [bob], note: note(alice, 'remove') });
    assert.equal(await store().view(bob, conversation), undefined);
    assert.deepEqual(
      (await store().group(id))?.members.map(({ account }) => account),
      [alice],
    );
    const join = [{ account: bob, role: 'member' as const, before: false }];
    const { stillMuted } = await apply(store(), { ...change, version: 3, join });
    assert.deepEqual(stillMuted, [{ account: bob, until: 9_999 }]);
    assert.equal((await store().group(id))?.members.find(({ account }) => account === bob)?.mutedUntil, 9_999);
  });

  it('changes roles, names, settings and the group itself', async () => {
    const { id, conversation, alice, bob } = await make(store());
    await apply(store(), {
      conversation,
      version: 1,
      time: 1,
      set: { announcement: 'tomorrow', mutedAll: true, joinMode: 'free' },
      roles: [
        { account: alice, role: 'member' },
        { account: bob, role: 'owner' },
      ],
      nicknames: [{ account: alice, nickname: 'Ally' }],
      notify: [{ account: bob, mode: 'off' }],
    });
    const roster = await store().group(id);
    const { announcement, mutedAll, joinMode } = roster!.group;
    assert.deepEqual([announcement, mutedAll, joinMode], ['tomorrow', true, 'free']);
    const by = new Map(roster!.members.map((member) => [member.account, member]));
    assert.deepEqual(
      [by.get(alice)?.role, by.get(alice)?.nickname, by.get(bob)?.role, by.get(bob)?.notify],
      ['member', 'Ally', 'owner', 'off'],
    );
    assert.equal((await store().view(bob, conversation))?.muted, true);
  });

  it('gives members by rank and name, in pages, and finds them', async () => {
    const { conversation, alice, bob, carol } = await make(store());
    await store().updateAccount(carol, { name: 'Карла 100%' });
    await apply(store(), {
      conversation,
      version: 1,
      time: 1,
      join: [{ account: carol, role: 'admin', before: false }],
      nicknames: [{ account: bob, nickname: 'Bobby_Tables' }],
    });
    const all = await store().groupMembers(conversation, { limit: 10 });
    assert.deepEqual(
      all.map(({ account, role }) => `${account} ${role}`),
      [`${alice} owner`, `${carol} admin`, `${bob} member`],
    );
    const rest = await store().groupMembers(conversation, { limit: 1, after: { account: alice, role: 'owner' } });
    assert.deepEqual(
      rest.map(({ account, name }) => [account, name]),
      [[carol, 'Карла 100%']],
    );
    const find = async (query: string) =>
      (await store().groupMembers(conversation, { limit: 10, query })).map(({ account }) => account);
    assert.deepEqual(await find('BOBBY_'), [bob]);
    assert.deepEqual(await find('00%'), [carol]);
    assert.deepEqual(await find('%'), [carol], 'a sign of the query language is a character like others');
    assert.deepEqual(await find(alice), [alice]);
  });

  it('tells how far each member has read', async () => {
    const { conversation, alice, bob } = await make(store());
    await say(store(), conversation, alice, 2);
    await store().markRead(bob, conversation, 3);
    assert.deepEqual(
      (await store().groupMarks(conversation)).sort((a, b) => (a.account < b.account ? -1 : 1)),
      [
        { account: alice, readSeq: 1, since: 0 },
        { account: bob, readSeq: 3, since: 0 },
      ],
    );
  });

  it('shows whom unread messages mention, one or everybody', async () => {
    const { conversation, alice, bob } = await make(store());
    const mentioned = async (account: string) => (await store().view(account, conversation))?.mentioned;
    const [first, second] = await say(store(), conversation, alice, 2);
    await store().addMentions(conversation, first!.seq, [bob]);
    assert.deepEqual([await mentioned(alice), await mentioned(bob)], [undefined, true]);
    await store().markRead(bob, conversation, first!.seq);
    assert.equal(await mentioned(bob), undefined);
    await store().addMentions(conversation, second!.seq, ['*']);
    assert.deepEqual([await mentioned(alice), await mentioned(bob)], [true, true]);
  });

  it('counts no unread where messages do not count', async () => {
    const { conversation, alice, bob } = await make(store());
    await store().append(messageIn(conversation, alice, { counts: false }));
    assert.equal((await store().view(bob, conversation))?.unread, 0);
  });

  it('keeps what was asked for until it is answered, and everybody’s notice of it with it', async () => {
    const { conversation, alice, bob, carol } = await make(store());
    const request = { account: carol, kind: 'apply' as const, by: '', msgId: unique('request') };
    const asked = await apply(store(), {
      conversation,
      version: 1,
      time: 8_000,
      requests: [request],
      notices: [alice, bob].map((account) => applied(account, request.msgId)),
    });
    assert.deepEqual(
      asked.notices.map(([account, { state, num, u, read }]) => [account, state, num === u, read]).sort(),
      [
        [alice, 'init', true, false],
        [bob, 'init', true, false],
      ].sort(),
    );
    assert.equal((await store().groupRequest(conversation, carol, 'apply'))?.state, 'init');
    assert.equal(await store().groupRequest(conversation, carol, 'invite'), undefined);
    const settle = { msgId: request.msgId, state: 'passed' as const, by: bob };
    const answered = await apply(store(), { conversation, version: 2, time: 9_000, settle });
    for (const [account, { state, by, time, num, u }] of answered.notices) {
      const [listed] = await store().notices(account, { limit: 5 });
      assert.deepEqual([state, by, time, u > num], ['passed', bob, 8_000, true]);
      assert.deepEqual(listed, answered.notices.find(([name]) => name === account)![1]);
    }
    const after = await store().groupRequest(conversation, carol, 'apply');
    assert.deepEqual([after?.state, after?.answeredBy], ['passed', bob]);
  });

  it('lists notices in pages, those that changed, and how far they were read', async () => {
    const { conversation, alice } = await make(store());
    const nums: number[] = [];
    for (let version = 1; version <= 5; version++) {
      const notices = [applied(alice, unique('m'))];
      nums.push((await apply(store(), { conversation, version, time: version, notices })).notices[0]![1].num);
    }
    const newest = await store().notices(alice, { limit: 2 });
    assert.deepEqual(
      newest.map(({ num }) => num),
      [nums[4], nums[3]],
    );
    const older = await store().notices(alice, { limit: 9, before: nums[3]! });
    assert.deepEqual(
      older.map(({ num }) => num),
      [nums[2], nums[1], nums[0]],
    );
    const changed = await store().notices(alice, { limit: 9, changedAfter: nums[2]! });
    assert.deepEqual(
      changed.map(({ num }) => num),
      [nums[3], nums[4]],
    );
    assert.deepEqual(await store().noticeMarks(alice), { read: 0, unread: 5 });
    const u = await store().readNotices(alice, nums[3]!);
    assert.ok(u !== undefined && u > nums[4]!);
    assert.equal(await store().readNotices(alice, nums[1]!), undefined);
    assert.equal(await store().readNotices(alice, nums[4]! + 1_000), undefined, 'there is none of that number');
    assert.deepEqual(await store().noticeMarks(alice), { read: nums[3], unread: 1 });
    const row = await store().account(alice);
    assert.deepEqual(row?.notices, { read: nums[3], u });
    assert.deepEqual(
      (await store().notices(alice, { limit: 2 })).map(({ read }) => read),
      [false, true],
    );
  });

  it('keeps the newest thousand notices', async () => {
    const { conversation, alice } = await make(store());
    const notices = Array.from({ length: 1_003 }, () => applied(alice, unique('m')));
    await apply(store(), { conversation, version: 1, time: 1, notices });
    const all = await store().notices(alice, { limit: 2_000 });
    assert.equal(all.length, 1_000);
    assert.equal(all[0]!.msgId, notices.at(-1)!.msgId);
  });
});
