import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, say, startTalk, unique } from './helpers/talk.js';

onEveryStore((store) => {
  it('hides messages from one who deleted them, and from nobody else', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 5);
    const hidden = (await store().hide(bob, conversation, [2, 5, 99]))!;
    assert.deepEqual(hidden.seqs, [2, 5]);
    assert.equal((await store().account(bob))!.u, hidden.u);
    const marks = async (viewer?: string) =>
      (await store().messages(conversation, 1, 5, viewer)).filter((row) => row.hidden).map(({ seq }) => seq);
    assert.deepEqual(await marks(bob), [2, 5]);
    assert.deepEqual(await marks(alice), []);
    assert.deepEqual(await marks(), []);
    const picked = await store().picked(conversation, [5, 1, 7], bob);
    assert.deepEqual(
      picked.map(({ seq, hidden: gone }) => [seq, gone]),
      [
        [1, undefined],
        [5, true],
      ],
    );
    assert.equal((await store().view(bob, conversation))!.lastMessage!.seq, 4);
    assert.equal((await store().views(bob, { limit: 3 }))[0]!.lastMessage!.seq, 4);
    assert.equal((await store().view(alice, conversation))!.lastMessage!.seq, 5);
  });

  it('changes nothing where all is hidden already', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 2);
    const first = (await store().hide(bob, conversation, [1]))!;
    assert.equal(await store().hide(bob, conversation, [1]), undefined);
    assert.equal(await store().hide(bob, conversation, [9]), undefined);
    assert.equal((await store().account(bob))!.u, first.u);
    assert.deepEqual(await store().hide(bob, conversation, [1, 2]), { u: first.u + 1, seqs: [2] });
    assert.deepEqual(await store().hiddenSince(bob, 0), [
      { conversation, seq: 1, u: first.u },
      { conversation, seq: 2, u: first.u + 1 },
    ]);
    assert.deepEqual(await store().hiddenSince(bob, first.u), [{ conversation, seq: 2, u: first.u + 1 }]);
    assert.equal((await store().view(bob, conversation))!.lastMessage, undefined);
    await assert.rejects(store().hide(unique('nobody'), conversation, [1]));
  });

  it('notes a report once, with what the message said', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 1);
    const given = { account: bob, conversation, seq: 1, reason: 'rude', time: 5 };
    assert.equal(await store().report(given), true);
    assert.equal(await store().report({ ...given, reason: 'still rude' }), true);
    assert.equal(await store().report({ ...given, seq: 2 }), false);
    assert.equal(await store().report({ ...given, account: unique('nobody') }), false);
  });

  it('knows who has a conversation with whom', async () => {
    const { alice, bob } = await startTalk(store());
    const stranger = await startTalk(store());
    const others = [bob, stranger.alice, unique('nobody')];
    assert.deepEqual(await store().acquainted(alice, others), [bob]);
    assert.deepEqual(await store().acquainted(stranger.alice, others), [stranger.alice]);
    assert.deepEqual(await store().acquainted(unique('nobody'), others), []);
    assert.deepEqual(await store().acquainted(alice, []), []);
  });

  it('picks messages by their places', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await Promise.all(
      [1, 2, 3].map((i) => store().append(messageIn(conversation, alice, { body: `{"content":"${i}"}` }))),
    );
    const rows = await store().picked(conversation, [3, 1], bob);
    assert.deepEqual(
      rows.map(({ seq, body }) => [seq, body]),
      [
        [1, '{"content":"1"}'],
        [3, '{"content":"3"}'],
      ],
    );
    assert.deepEqual(await store().picked(conversation, [], bob), []);
  });
});
