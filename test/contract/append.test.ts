import assert from 'node:assert/strict';
import { it } from 'node:test';
import { IdReusedError, type MessageRow, type NewMessage } from '../../src/server/storage/storage.js';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, say, startTalk, unique } from './helpers/talk.js';

onEveryStore((store) => {
  it('gives a conversation dense numbers, in the order of the calls', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const sent = Array.from({ length: 1_300 }, (_, i) => messageIn(conversation, i % 3 ? alice : bob));
    const appended = await Promise.all(sent.map((message) => store().append(message)));
    for (const [i, { id, time }] of sent.entries())
      assert.deepEqual(appended[i], { id, seq: i + 1, n: i + 1, time, dup: false });
    assert.deepEqual(await store().messages(conversation, 1, 2_000), sent.map(rowOf(appended)));
    assert.deepEqual(await store().heads([conversation]), new Map([[conversation, 1_300]]));
  });

  it('numbers conversations apart', async () => {
    const talks = [await startTalk(store()), await startTalk(store()), await startTalk(store())];
    const appended = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const { alice, conversation } = talks[i % 3]!;
        return store().append(messageIn(conversation, alice));
      }),
    );
    for (const [i, { seq }] of appended.entries()) assert.equal(seq, Math.floor(i / 3) + 1);
  });

  it('counts only what counts: n stands on those, seq on all', async () => {
    const { alice, conversation } = await startTalk(store());
    const counts = [true, false, true, false, false, true];
    const appended = await Promise.all(
      counts.map((counting) => store().append(messageIn(conversation, alice, { counts: counting }))),
    );
    assert.deepEqual(
      appended.map(({ n }) => n),
      [1, 0, 2, 0, 0, 3],
    );
    assert.deepEqual(
      appended.map(({ seq }) => seq),
      [1, 2, 3, 4, 5, 6],
    );
    const more = await store().append(messageIn(conversation, alice));
    assert.deepEqual([more.seq, more.n], [7, 4]);
    assert.deepEqual(
      (await store().messages(conversation, 1, 9)).map(({ n }) => n),
      [1, 0, 2, 0, 0, 3, 4],
    );
  });

  it('answers a repeat with what the first gave, and uses no number for it', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const message = messageIn(conversation, alice, { counts: false });
    await store().append(messageIn(conversation, bob));
    const first = await store().append(message);
    const repeat = await store().append({ ...message, id: unique('other'), time: message.time + 99, counts: true });
    assert.deepEqual(repeat, { ...first, dup: true });
    assert.equal((await store().append(messageIn(conversation, bob))).seq, 3);
  });

  it('answers repeats within one batch', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const [a, b] = [messageIn(conversation, alice), messageIn(conversation, bob)];
    const appended = await Promise.all([a, b, a, a, b].map((message) => store().append(message)));
    assert.deepEqual(
      appended.map(({ seq }) => seq),
      [1, 2, 1, 1, 2],
    );
    assert.deepEqual(
      appended.map(({ dup }) => dup),
      [false, false, true, true, true],
    );
    assert.equal((await store().messages(conversation, 1, 9)).length, 2);
  });

  it('refuses an id that was used for something else, and nothing but that', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const first = messageIn(conversation, alice);
    const other: NewMessage = { ...first, body: '{"content":"other"}', fingerprint: 'other' };
    const results = await Promise.allSettled(
      [first, other, messageIn(conversation, bob), first, other].map((message) => store().append(message)),
    );
    const seen = results.map((result) => (result.status === 'fulfilled' ? result.value.seq : (result.reason as Error)));
    assert.equal(seen[0], 1);
    assert.ok(seen[1] instanceof IdReusedError);
    assert.equal(seen[2], 2);
    assert.equal(seen[3], 1);
    assert.ok(seen[4] instanceof IdReusedError);
    // Also when the refused one comes before the repeat, in a later batch.
    const later = await Promise.allSettled([other, first].map((message) => store().append(message)));
    assert.ok(later[0]?.status === 'rejected' && later[0].reason instanceof IdReusedError);
    assert.ok(later[1]?.status === 'fulfilled' && later[1].value.dup);
    await assert.rejects(store().append(other), IdReusedError);
  });

  it('lets two senders use the same id', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const idClient = unique('same');
    const appended = await Promise.all([
      store().append(messageIn(conversation, alice, { idClient })),
      store().append(messageIn(conversation, bob, { idClient, fingerprint: 'other' })),
    ]);
    assert.deepEqual(
      appended.map(({ seq, dup }) => [seq, dup]),
      [
        [1, false],
        [2, false],
      ],
    );
  });

  it('fails one message that cannot be stored, not those beside it', async () => {
    const { alice, conversation } = await startTalk(store());
    const results = await Promise.allSettled([
      store().append(messageIn(conversation, alice)),
      store().append(messageIn(conversation, unique('nobody'))),
      store().append(messageIn(2 ** 40, alice)),
      store().append(messageIn(conversation, alice)),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(
      (await store().messages(conversation, 1, 9)).map(({ seq }) => seq),
      [1, 2],
    );
  });

  it('F46: keeps every kind of text as it is', async () => {
    const { alice, conversation } = await startTalk(store());
    const texts = [
      '',
      '你好，世界',
      'مرحبا',
      '👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈',
      'it\'s {"a",\\,NULL}',
      '\\"\n\r\t\u0001\u2028',
      '\u202Egnp',
      'x'.repeat(60_000),
    ];
    await Promise.all(texts.map((body) => store().append(messageIn(conversation, alice, { body, type: 'custom' }))));
    assert.deepEqual(
      (await store().messages(conversation, 1, 20)).map(({ body }) => body),
      texts,
    );
  });

  it('gives the messages that were asked for, and none for what is not there', async () => {
    const { alice, conversation } = await startTalk(store());
    await say(store(), conversation, alice, 10);
    const seqs = async (from: number, to: number) =>
      (await store().messages(conversation, from, to)).map(({ seq }) => seq);
    assert.deepEqual(await seqs(3, 5), [3, 4, 5]);
    assert.deepEqual(await seqs(-5, 2), [1, 2]);
    assert.deepEqual(await seqs(9, Number.MAX_SAFE_INTEGER), [9, 10]);
    assert.deepEqual(await seqs(6, 5), []);
    assert.deepEqual(await store().messages(2 ** 40, 1, 5), []);
  });

  it('tells the heads of those conversations that are there', async () => {
    const [talk, empty] = [await startTalk(store()), await startTalk(store())];
    await say(store(), talk.conversation, talk.alice, 3);
    const asked = [talk.conversation, empty.conversation, ...Array.from({ length: 300 }, (_, i) => 2 ** 40 + i)];
    assert.deepEqual(
      await store().heads(asked),
      new Map([
        [talk.conversation, 3],
        [empty.conversation, 0],
      ]),
    );
    assert.deepEqual(await store().heads([]), new Map());
  });
});

function rowOf(appended: readonly { seq: number; n: number }[]) {
  return ({ id, idClient, from, type, body, time }: NewMessage, i: number): MessageRow => {
    const { seq, n } = appended[i]!;
    return { seq, n, id, idClient, from, type, body, time };
  };
}
