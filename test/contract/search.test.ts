import assert from 'node:assert/strict';
import { it } from 'node:test';
import { wordQuery } from '../../src/protocol/words.js';
import type { Storage } from '../../src/server/storage/storage.js';
import { hostileStrings } from '../helpers/hostile-strings.js';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, startTalk, type Talk } from './helpers/talk.js';

const textBody = (content: string): string => JSON.stringify({ content });

async function followed(store: Storage, ...conversations: number[]): Promise<void> {
  for (let left = conversations; left.length > 0;) left = await store.index(left, 7);
}

onEveryStore((store) => {
  /** A talk in which these texts were said, all of them indexed. */
  const talkOf = async (...texts: string[]): Promise<Talk> => {
    const talk = await startTalk(store());
    for (const text of texts) await store().append(messageIn(talk.conversation, talk.bob, { body: textBody(text) }));
    await followed(store(), talk.conversation);
    return talk;
  };
  const find = async (account: string, q: string, more: object = {}): Promise<string[]> => {
    const rows = await store().search(account, { terms: wordQuery(q).terms, limit: 50, ...more });
    return rows.map(({ message }) => (JSON.parse(message.body) as { content: string }).content);
  };

  it('finds words by their beginning, without accents and case, in every script', async () => {
    const texts = [
      'Hello World',
      'Crème brûlée à José',
      '今天天气很好，我们去公园吧',
      'مرحبا بالعالم، أهلاً وسهلاً',
      'party 🎉 tonight 👍🏽',
      'ｆｕｌｌｗｉｄｔｈ Straße',
      'ขอบคุณมาก',
      '안녕하세요 여러분',
      '東京タワー',
    ];
    const { alice } = await talkOf(...texts);
    const cases: [string, number][] = [
      ['hel', 0],
      ['WORLD', 0],
      ['hello wor', 0],
      ['jose', 1],
      ['creme brul', 1],
      ['天', 2],
      ['天气', 2],
      ['公园吧', 2],
      ['吧', 2],
      ['今天 公园', 2],
      ['مرحبا', 3],
      ['اهلا', 3],
      ['🎉', 4],
      ['👍', 4],
      ['fullw', 5],
      ['strasse', 5],
      ['ขอบคุณ', 6],
      ['안녕', 7],
      ['タワ', 8],
      ['京', 8],
    ];
    for (const [q, at] of cases) assert.deepEqual(await find(alice, q), [texts[at]], q);
    for (const q of ['ello', 'orld', 'hello moon', '气天', 'zzz', '🎈']) assert.deepEqual(await find(alice, q), [], q);
  });

  it('takes nothing in a query for a sign of the query language', async () => {
    const { alice } = await talkOf('plain words or not and near');
    const queries = [
      ...hostileStrings,
      '"',
      `'`,
      `' OR 1=1 --`,
      'a* OR b*',
      'words:plain',
      '"words" NOT "plain"',
      'NEAR(plain words)',
      '{plain words}: x',
      '^plain',
      'plain & !words | (',
      `'plain':*`,
      '\\',
      '-plain',
      '*',
      '()',
      '~link',
      '1:plain',
      'x'.repeat(5_000),
      '天'.repeat(500),
    ];
    for (const q of queries) await find(alice, q);
    assert.equal((await find(alice, 'plain OR words')).length, 1);
    assert.deepEqual(await find(alice, '~link'), []);
  });

  it('finds in the conversations of the asker, and in none of the others', async () => {
    const [one, two] = [await talkOf('a secret plan'), await talkOf('a secret door')];
    assert.deepEqual(await find(one.alice, 'secret'), ['a secret plan']);
    assert.deepEqual(await find(two.bob, 'secret'), ['a secret door']);
    assert.deepEqual(await find(one.alice, 'secret', { conversation: two.conversation }), []);
    assert.deepEqual(await find('nobody.at.all', 'secret'), []);
    const { id } = await store().ensureDirect(one.alice, two.alice);
    await store().append(messageIn(id, two.alice, { body: textBody('the secret handshake'), time: 900_000 }));
    await followed(store(), id);
    assert.deepEqual(await find(one.alice, 'secret'), ['the secret handshake', 'a secret plan']);
    assert.deepEqual(await find(one.alice, 'secret', { conversation: one.conversation }), ['a secret plan']);
  });

  it('gives the newest first, and what is older than a moment', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    for (const time of [100, 200, 200, 300])
      await store().append(messageIn(conversation, bob, { body: textBody(`word ${time}`), time }));
    await followed(store(), conversation);
    assert.deepEqual(await find(alice, 'word'), ['word 300', 'word 200', 'word 200', 'word 100']);
    assert.deepEqual(await find(alice, 'word', { limit: 2 }), ['word 300', 'word 200']);
    assert.deepEqual(await find(alice, 'word', { before: 300 }), ['word 200', 'word 200', 'word 100']);
    assert.deepEqual(await find(alice, 'word', { before: 100 }), []);
  });

  it('finds file names and titles of places, and not what programs wrote', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const file = { url: '/files/1', name: 'Yearly-Report.pdf', size: 1, ext: 'pdf', mime: 'application/pdf' };
    const location = { title: 'Alexanderplatz', longitude: 13, latitude: 52 };
    await store().append(messageIn(conversation, bob, { type: 'file', body: JSON.stringify({ file }) }));
    await store().append(messageIn(conversation, bob, { type: 'location', body: JSON.stringify({ location }) }));
    await store().append(messageIn(conversation, bob, { type: 'custom', body: textBody('{"kind":"report"}') }));
    await store().append(messageIn(conversation, bob, { body: '"damaged' }));
    await followed(store(), conversation);
    const types = async (q: string): Promise<string[]> =>
      (await store().search(alice, { terms: wordQuery(q).terms, limit: 9 })).map(({ message }) => message.type);
    assert.deepEqual(await types('report'), ['file']);
    assert.deepEqual(await types('alexander'), ['location']);
    assert.deepEqual(await types('pdf'), ['file']);
  });

  it('tells which conversations the index is behind in, and follows again what has changed', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    const { seq } = await store().append(messageIn(conversation, bob, { body: textBody('needle') }));
    const behind = await store().unindexed(alice);
    // The simulation's store has no index, and is never behind.
    if (behind.length > 0) {
      assert.deepEqual(behind, [conversation]);
      assert.ok((await store().unindexed()).includes(conversation));
      assert.deepEqual(await find(alice, 'needle'), []);
      await store().reindex(conversation, seq);
      assert.deepEqual(await find(alice, 'needle'), []);
    }
    await followed(store(), conversation);
    assert.deepEqual(await store().unindexed(alice), []);
    assert.deepEqual(await find(alice, 'needle'), ['needle']);
    await store().reindex(conversation, seq);
    await store().reindex(conversation, 99);
    assert.deepEqual(await find(alice, 'needle'), ['needle']);
  });

  it('lists pictures, files and addresses, newest first', async () => {
    const { bob, conversation } = await startTalk(store());
    const types = ['image', 'text', 'file', 'video', 'audio', 'text', 'text', 'image'];
    const texts = new Map([
      [1, 'no address'],
      [5, 'see https://example.org/x?y=1 there'],
      [6, 'www.example.com'],
    ]);
    for (const [i, type] of types.entries())
      await store().append(messageIn(conversation, bob, { type, body: textBody(texts.get(i) ?? 'x'), time: 5_000 }));
    await followed(store(), conversation);
    const media = async (kind: 'media' | 'files' | 'links', more: object = {}): Promise<number[]> =>
      (await store().media(conversation, { kind, limit: 9, ...more })).map(({ seq }) => seq);
    assert.deepEqual(await media('media'), [8, 4, 1]);
    assert.deepEqual(await media('media', { before: 8, limit: 1 }), [4]);
    assert.deepEqual(await media('files'), [5, 3]);
    assert.deepEqual(await media('links'), [7, 6]);
    assert.deepEqual(await media('links', { before: 7 }), [6]);
    assert.deepEqual(await media('links', { before: 6 }), []);
  });

  it('finds the first message of a moment', async () => {
    const { bob, conversation } = await startTalk(store());
    for (const time of [10, 20, 20, 30, 40]) await store().append(messageIn(conversation, bob, { time }));
    const cases = [
      [0, 1],
      [10, 1],
      [11, 2],
      [20, 2],
      [21, 4],
      [40, 5],
      [41, 6],
    ] as const;
    for (const [time, seq] of cases) assert.equal(await store().seqAt(conversation, time), seq, `at ${time}`);
    assert.equal(await store().seqAt(2 ** 40, 1), 1);
  });

  it('knows whom one has conversations with', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    assert.deepEqual(await store().contacts(alice, 9), []);
    await store().append(messageIn(conversation, bob));
    await store().updateAccount(bob, { name: 'Bobby' });
    assert.deepEqual(await store().contacts(alice, 9), [{ conversation, account: bob, name: 'Bobby' }]);
  });

  it('puts a conversation away until somebody says more, and marks it to be read again', async () => {
    const { alice, bob, conversation } = await startTalk(store());
    await store().append(messageIn(conversation, bob));
    const state = async () => {
      const { hidden, markedUnread, readSeq } = (await store().view(alice, conversation))!;
      return { hidden, markedUnread, readSeq };
    };
    await store().markRead(alice, conversation, 1);
    await store().updateView(alice, conversation, { hidden: true, markedUnread: true });
    assert.deepEqual(await state(), { hidden: true, markedUnread: true, readSeq: 1 });
    assert.equal((await store().view(bob, conversation))!.hidden, false);
    assert.equal((await store().markRead(alice, conversation, 1))!.seq, 1);
    assert.equal(await store().markRead(alice, conversation, 1), undefined);
    await store().append(messageIn(conversation, bob));
    assert.deepEqual(await state(), { hidden: false, markedUnread: false, readSeq: 1 });
    await store().updateView(alice, conversation, { hidden: true });
    await store().updateView(alice, conversation, { hidden: false });
    assert.deepEqual(await state(), { hidden: false, markedUnread: false, readSeq: 1 });
  });
});
