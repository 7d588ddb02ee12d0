import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, say, startTalk, unique } from './helpers/talk.js';

onEveryStore((store) => {
  it('has one conversation for two people, whoever asks, also when many ask at once', async () => {
    const [a, b] = [unique('zoe'), unique('adam')];
    await Promise.all([store().ensureAccount(a), store().ensureAccount(b)]);
    assert.equal(await store().findDirect(a, b), undefined);
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? store().ensureDirect(a, b) : store().ensureDirect(b, a))),
    );
    for (const conversation of made)
      assert.deepEqual(conversation, { id: made[0]!.id, scene: 'p2p', members: [b, a], seq: 0, n: 0, updateTime: 0 });
    assert.deepEqual(await store().findDirect(a, b), made[0]);
    assert.deepEqual(await store().findDirect(b, a), made[0]);
  });

  it('tells two conversations of one person apart', async () => {
    const { alice, conversation } = await startTalk(store());
    const carol = unique('carol');
    await store().ensureAccount(carol);
    const other = await store().ensureDirect(carol, alice);
    assert.notEqual(other.id, conversation);
    assert.equal((await store().findDirect(alice, carol))?.id, other.id);
  });

  it('lets people write to themselves', async () => {
    const alice = unique('alice');
    await store().ensureAccount(alice);
    assert.equal(await store().findDirect(alice, alice), undefined);
    const { id, members } = await store().ensureDirect(alice, alice);
    assert.deepEqual(members, [alice]);
    await say(store(), id, alice, 2);
    const [view] = await store().views(alice, { limit: 5 });
    assert.deepEqual([view?.to, view?.unread, view?.peerReadSeq], [alice, 0, undefined]);
    assert.equal((await store().markRead(alice, id, 2))?.peer, undefined);
    // Somebody who is not there is not the same as nobody else.
    assert.equal(await store().findDirect(alice, unique('nobody')), undefined);
  });

  it('makes none with somebody who is not there', async () => {
    const { alice } = await startTalk(store());
    await assert.rejects(store().ensureDirect(alice, unique('nobody')), /no account/);
    await assert.rejects(store().ensureDirect(unique('nobody'), alice), /no account/);
  });

  it('is dated by its newest message, and never back', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await store().append(messageIn(conversation, alice, { time: 5_000 }));
    await Promise.all([7_000, 6_000].map((time) => store().append(messageIn(conversation, bob, { time }))));
    await store().append(messageIn(conversation, alice, { time: 100 }));
    const found = await store().findDirect(alice, bob);
    assert.deepEqual([found?.updateTime, found?.seq, found?.n], [7_000, 4, 4]);
  });
});
