import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, say, startTalk, unique } from './helpers/talk.js';

onEveryStore((store) => {
  /** `count` people who each wrote to `owner` at `times(i)`; their names in that order. */
  const crowd = async (owner: string, times: readonly number[]): Promise<string[]> => {
    await store().ensureAccount(owner);
    return Promise.all(
      times.map(async (time) => {
        const friend = unique('friend');
        await store().ensureAccount(friend);
        const { id } = await store().ensureDirect(owner, friend);
        await store().append(messageIn(id, friend, { time }));
        return friend;
      }),
    );
  };

  it('shows each side the other one, its name, its picture and its read mark', async () => {
    const [ann, ben] = [unique('ann'), unique('ben')];
    await store().createAccount({ account: ann, name: 'Ann', icon: 'ann.png' });
    await store().createAccount({ account: ben });
    const { id } = await store().ensureDirect(ann, ben);
    const message = messageIn(id, ann);
    const { seq, n } = await store().append(message);
    await store().markRead(ben, id, 1);
    const { idClient, type, body, time } = message;
    const common = {
      conversation: id,
      scene: 'p2p' as const,
      updateTime: time,
      lastSeq: 1,
      lastMessage: { seq, n, id: message.id, idClient, from: ann, type, body, time },
      unread: 0,
      pinned: false,
      muted: false,
      hidden: false,
      markedUnread: false,
      custom: '',
      u: 1,
    };
    const annsView = { ...common, to: ben, name: ben, avatar: '', readSeq: 0, peerReadSeq: 1 };
    assert.deepEqual(await store().view(ann, id), annsView);
    assert.deepEqual(await store().view(ben, id), {
      ...common,
      to: ann,
      name: 'Ann',
      avatar: 'ann.png',
      readSeq: 1,
      peerReadSeq: 0,
    });
    assert.deepEqual(await store().views(ann, { limit: 10 }), [annsView]);
  });

  it('shows nothing to somebody who is no member', async () => {
    const { conversation } = await startTalk(store());
    const stranger = await startTalk(store());
    assert.equal(await store().view(stranger.alice, conversation), undefined);
    assert.equal(await store().view(unique('nobody'), conversation), undefined);
    assert.equal(await store().view(stranger.alice, 2 ** 40), undefined);
    assert.deepEqual(await store().views(unique('nobody'), { limit: 10 }), []);
  });

  it('lists the newest first, page by page', async () => {
    const owner = unique('owner');
    const friends = await crowd(owner, [300, 100, 500, 200, 400]);
    const byAge = [friends[2], friends[4], friends[0], friends[3], friends[1]];
    const all = await store().views(owner, { limit: 10 });
    assert.deepEqual(
      all.map(({ to }) => to),
      byAge,
    );
    const first = await store().views(owner, { limit: 2 });
    assert.deepEqual(
      first.map(({ to }) => to),
      byAge.slice(0, 2),
    );
    const second = await store().views(owner, { limit: 2, before: first.at(-1)!.updateTime });
    assert.deepEqual(
      second.map(({ to }) => to),
      byAge.slice(2, 4),
    );
    assert.deepEqual(await store().views(owner, { limit: 2, before: 100 }), []);
  });

  it('loses none of the same millisecond between pages', async () => {
    const owner = unique('owner');
    const friends = await crowd(owner, [900, 700, 700, 700, 500]);
    const first = await store().views(owner, { limit: 2 });
    assert.equal(first.length, 4);
    const second = await store().views(owner, { limit: 2, before: first.at(-1)!.updateTime });
    assert.deepEqual(new Set([...first, ...second].map(({ to }) => to)), new Set(friends));
    assert.equal(second.length, 1);
  });

  it('moves a conversation to the top when something is said in it', async () => {
    const owner = unique('owner');
    const [older, newer] = await crowd(owner, [1, 2]);
    const { id } = (await store().findDirect(owner, older!))!;
    await store().append(messageIn(id, owner, { time: 3 }));
    const list = await store().views(owner, { limit: 10 });
    assert.deepEqual(
      list.map(({ to, updateTime }) => [to, updateTime]),
      [
        [older, 3],
        [newer, 2],
      ],
    );
  });

  it('leaves out a conversation until something is said or set in it', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    assert.deepEqual(await store().views(alice, { limit: 10 }), []);
    assert.equal((await store().view(alice, conversation))?.lastMessage, undefined);
    await store().updateView(alice, conversation, { pinned: true });
    assert.equal((await store().views(alice, { limit: 10 })).length, 1);
    assert.deepEqual(await store().views(bob, { limit: 10 }), []);
  });

  it("counts as unread others' messages that count, above the read mark", async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const unread = async (who: string) => (await store().view(who, conversation))?.unread;
    await say(store(), conversation, alice, 3);
    await store().append(messageIn(conversation, alice, { counts: false }));
    await say(store(), conversation, bob, 2);
    assert.deepEqual([await unread(alice), await unread(bob)], [2, 3]);
    await store().markRead(bob, conversation, 2);
    assert.deepEqual([await unread(alice), await unread(bob)], [2, 1]);
    await store().markRead(alice, conversation, 6);
    assert.deepEqual([await unread(alice), await unread(bob)], [0, 1]);
  });

  it('counts unread exactly up to 1,000, and no further', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const unread = async () => (await store().view(bob, conversation))?.unread;
    await say(store(), conversation, alice, 999);
    assert.equal(await unread(), 999);
    await say(store(), conversation, alice, 1);
    assert.equal(await unread(), 1_000);
    await say(store(), conversation, alice, 50);
    assert.equal(await unread(), 1_000);
    assert.equal((await store().markRead(bob, conversation, 51))?.unread, 999);
  });

  it('does not look for unread messages below the newest 20,000 events', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const unread = async () => (await store().view(alice, conversation))?.unread;
    await say(store(), conversation, bob, 2);
    for (let said = 0; said < 19_999; said += 6_666)
      await say(store(), conversation, alice, Math.min(6_666, 19_999 - said));
    assert.equal(await unread(), 1);
    await say(store(), conversation, alice, 1);
    assert.equal(await unread(), 0);
  });
});
