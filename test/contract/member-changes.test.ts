import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Storage } from '../../src/server/storage/storage.js';
import { onEveryStore } from './helpers/stores.js';
import { say, startTalk, unique } from './helpers/talk.js';

onEveryStore((store) => {
  it('F41: moves a read mark forward only', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 5);
    const mark = (seq: number) => store().markRead(bob, conversation, seq);
    assert.deepEqual(await mark(3), { seq: 3, unread: 2, head: 5, u: 1, peer: { account: alice, u: 1 } });
    assert.equal(await mark(2), undefined);
    assert.equal(await mark(3), undefined);
    assert.equal((await store().view(bob, conversation))?.readSeq, 3);
    assert.equal((await mark(4))?.seq, 4);
  });

  it('moves it to the head and never past it', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    assert.equal(await store().markRead(bob, conversation, 7), undefined);
    await say(store(), conversation, alice, 5);
    assert.equal((await store().markRead(bob, conversation, Number.MAX_SAFE_INTEGER))?.seq, 5);
    await say(store(), conversation, alice, 1);
    assert.equal((await store().view(bob, conversation))?.unread, 1);
  });

  it('changes nothing for somebody who is no member', async () => {
    const { alice, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 1);
    const stranger = unique('stranger');
    await store().ensureAccount(stranger);
    assert.equal(await store().markRead(stranger, conversation, 1), undefined);
    assert.equal(await store().markRead(unique('nobody'), conversation, 1), undefined);
    await assert.rejects(store().updateView(stranger, conversation, { pinned: true }), /no member/);
    assert.equal((await store().account(stranger))?.u, 0);
  });

  it('numbers what each account has to learn of: both, for a read mark', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 2);
    await store().markRead(bob, conversation, 1);
    await store().updateView(alice, conversation, { muted: true });
    await store().markRead(bob, conversation, 2);
    assert.deepEqual(await countersOf(store(), conversation, alice), [3, 3]);
    assert.deepEqual(await countersOf(store(), conversation, bob), [2, 2]);
  });

  it('counts an account over all its conversations, each view at its own last change', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const carol = unique('carol');
    await store().ensureAccount(carol);
    const { id: other } = await store().ensureDirect(alice, carol);
    assert.equal(await store().updateView(alice, conversation, { pinned: true }), 1);
    assert.equal(await store().updateView(alice, other, { pinned: true }), 2);
    assert.deepEqual(await countersOf(store(), conversation, alice), [2, 1]);
    assert.deepEqual(await countersOf(store(), other, alice), [2, 2]);
    assert.deepEqual(await countersOf(store(), conversation, bob), [0, 0]);
  });

  it("changes what is a member's own, and leaves the rest and the other one", async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const settings = async (who: string) => {
      const { pinned, muted, custom } = (await store().view(who, conversation))!;
      return { pinned, muted, custom };
    };
    await store().updateView(alice, conversation, { pinned: true, custom: '{"a":1}' });
    assert.deepEqual(await settings(alice), { pinned: true, muted: false, custom: '{"a":1}' });
    await store().updateView(alice, conversation, { muted: true, pinned: false });
    assert.deepEqual(await settings(alice), { pinned: false, muted: true, custom: '{"a":1}' });
    assert.deepEqual(await settings(bob), { pinned: false, muted: false, custom: '' });
  });

  it('F31: gives every change a number of its own when many come at once from both sides', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 20);
    const marks = await Promise.all(
      Array.from({ length: 40 }, (_, i) => store().markRead(i % 2 ? alice : bob, conversation, (i >> 1) + 1)),
    );
    const moved = marks.filter((mark) => mark !== undefined);
    // Each mark moves both counters, so both have counted all of them.
    assert.deepEqual(await countersOf(store(), conversation, alice), [moved.length, moved.length]);
    assert.deepEqual(await countersOf(store(), conversation, bob), [moved.length, moved.length]);
    assert.equal(new Set(moved.map(({ u }) => u)).size, moved.length);
    assert.equal((await store().view(alice, conversation))?.readSeq, 20);
    assert.equal((await store().view(bob, conversation))?.readSeq, 20);
  });
});

async function countersOf(store: Storage, conversation: number, account: string): Promise<number[]> {
  return [(await store.account(account))!.u, (await store.view(account, conversation))!.u];
}
