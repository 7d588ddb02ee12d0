import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../src/protocol/limits.js';
import {
  IdReusedError,
  type ActOutcome,
  type AppendedMessage,
  type NewAction,
  type Storage,
} from '../../src/server/storage/storage.js';
import { onEveryStore } from './helpers/stores.js';
import { messageIn, startTalk, unique } from './helpers/talk.js';

type Act = NewAction['act'];
type Done = AppendedMessage & { row: { type: string; body: string; seq: number } };
type Target = { conversation: number; seq: number; id: string };

onEveryStore((store) => {
  const said = async (s: Storage, given: { content?: string; time?: number } = {}) => {
    const { alice, bob, conversation } = await startTalk(s);
    const { content = 'hello', time = 1_000 } = given;
    const { seq, id } = await s.append(messageIn(conversation, alice, { body: JSON.stringify({ content }), time }));
    return { alice, bob, conversation, seq, id };
  };
  const actionOf = (
    { conversation, seq, id }: Target,
    from: string,
    act: Act,
    given: Partial<NewAction> = {},
  ): NewAction => ({
    ...{ conversation, from, act, target: seq, targetId: id, time: 2_000 },
    ...{ idClient: unique('act'), id: unique('id'), fingerprint: JSON.stringify([seq, act]) },
    ...given,
  });
  const act = (target: Target, from: string, what: Act, given: Partial<NewAction> = {}): Promise<ActOutcome> =>
    store().act(actionOf(target, from, what, given));
  const done = async (outcome: Promise<ActOutcome>): Promise<Done> => {
    const found = await outcome;
    assert.ok(!('refused' in found), JSON.stringify(found));
    return found;
  };
  const refused = async (outcome: Promise<ActOutcome>): Promise<string> => {
    const found = await outcome;
    assert.ok('refused' in found, JSON.stringify(found));
    return found.refused;
  };
  const edit = (content: string, mentions?: string[]): Act => ({
    ...{ kind: 'edit', content, withinMs: 60_000 },
    ...(mentions && { mentions }),
  });
  const recall: Act = { kind: 'recall', withinMs: 60_000, others: false };
  const react = (emoji: string, on = true): Act => ({ kind: 'reaction', emoji, on });
  const pin = (on = true): Act => ({ kind: 'pin', on });
  const bodyAt = async (conversation: number, seq: number, viewer?: string): Promise<Record<string, unknown>> =>
    JSON.parse((await store().messages(conversation, seq, seq, viewer))[0]!.body) as Record<string, unknown>;

  it('gives a message in its present state, and each action its place in the log', async () => {
    const at = await said(store());
    const { alice, bob, conversation } = at;
    const places = [
      await done(act(at, alice, edit('hi', [bob]))),
      await done(act(at, bob, react('👍'))),
      await done(act(at, alice, react('👍'))),
      await done(act(at, bob, pin())),
    ];
    assert.deepEqual(
      places.map(({ seq, n, dup }) => [seq, n, dup]),
      [2, 3, 4, 5].map((seq) => [seq, 0, false]),
    );
    assert.deepEqual(await bodyAt(conversation, 1), {
      content: 'hi',
      mentions: [bob],
      editTime: 2_000,
      reactions: [{ emoji: '👍', accounts: [bob, alice] }],
      pinned: { by: bob, time: 2_000 },
      rev: 5,
    });
    const rows = await store().messages(conversation, 1, 9);
    assert.deepEqual(
      rows.map(({ seq, n, type, from }) => [seq, n, type, from]),
      [
        [1, 1, 'text', alice],
        [2, 0, 'edit', alice],
        [3, 0, 'reaction', bob],
        [4, 0, 'reaction', alice],
        [5, 0, 'pin', bob],
      ],
    );
    assert.deepEqual(JSON.parse(rows[1]!.body), { target: 1, content: 'hi', mentions: [bob] });
    assert.deepEqual(JSON.parse(rows[2]!.body), { target: 1, emoji: '👍', on: true });
    assert.equal((await store().heads([conversation])).get(conversation), 5);
  });

  it('keeps nothing of what a recalled message said, nor counts it as unread', async () => {
    const at = await said(store(), { content: 'a secret' });
    const { alice, bob, conversation } = at;
    await done(act(at, alice, edit('another secret')));
    await done(act(at, bob, pin()));
    assert.equal((await store().view(bob, conversation))!.unread, 1);
    const { seq } = await done(act(at, alice, recall));
    assert.deepEqual(await bodyAt(conversation, 1), { recalled: { by: alice, time: 2_000 }, rev: seq });
    assert.ok(!JSON.stringify(await store().messages(conversation, 1, 9)).includes('secret'));
    assert.deepEqual(await store().edits(conversation, 1), []);
    assert.deepEqual(await store().pins(conversation, bob), []);
    const view = (await store().view(bob, conversation))!;
    assert.deepEqual([view.unread, view.lastSeq, view.lastMessage?.seq, view.lastMessage?.n], [0, seq, 1, 0]);
    for (const late of [edit('x'), react('👍'), pin(), recall])
      assert.equal(await refused(act(at, alice, late)), 'notForThis');
    const next = await store().append(messageIn(conversation, alice));
    assert.deepEqual([next.seq, next.n], [seq + 1, 2]);
  });

  it('lists the newest message, not the newest action, and does not move the conversation', async () => {
    const at = await said(store(), { time: 1_000 });
    const { alice, bob, conversation } = at;
    await done(act(at, alice, edit('hi'), { time: 9_000 }));
    for (const view of [(await store().view(bob, conversation))!, (await store().views(bob, { limit: 5 }))[0]!]) {
      assert.deepEqual([view.lastSeq, view.lastMessage?.seq, view.updateTime, view.unread], [2, 1, 1_000, 1]);
      assert.equal((JSON.parse(view.lastMessage!.body) as { content: string }).content, 'hi');
    }
  });

  it('stores a repeat once, and refuses another action under the same id', async () => {
    const at = await said(store());
    const action = actionOf(at, at.bob, react('👍'));
    const [first, again] = await Promise.all([store().act(action), store().act({ ...action, id: unique('id') })]);
    const { row, ...place } = await done(Promise.resolve(first));
    assert.deepEqual(await done(Promise.resolve(again)), { ...place, dup: true, row });
    const later = await done(store().act({ ...action, time: 99_000 }));
    assert.deepEqual([later.seq, later.time, later.dup], [place.seq, place.time, true]);
    await assert.rejects(store().act({ ...action, fingerprint: 'another' }), IdReusedError);
    await assert.rejects(
      store().append(messageIn(at.conversation, at.bob, { idClient: action.idClient })),
      IdReusedError,
    );
    assert.equal((await store().heads([at.conversation])).get(at.conversation), 2);
  });

  it('refuses what may not be done, and gives it no place', async () => {
    const at = await said(store());
    const { alice, bob, conversation } = at;
    const { seq: place, id } = await store().append(
      messageIn(conversation, alice, { type: 'notification', counts: false }),
    );
    const notification = { conversation, seq: place, id };
    const location = { conversation, ...(await store().append(messageIn(conversation, alice, { type: 'location' }))) };
    const reaction = { conversation, ...(await done(act(at, bob, react('👍')))) };
    const cases: [string, Target, string, Act, Partial<NewAction>?][] = [
      ['absent', { ...at, seq: 99 }, alice, recall],
      ['absent', { ...at, id: 'another' }, alice, recall],
      ['absent', reaction, bob, recall],
      ['notForThis', notification, alice, recall],
      ['notForThis', notification, alice, react('👍')],
      ['notForThis', location, alice, edit('x')],
      ['notYours', at, bob, recall],
      ['notYours', at, bob, edit('x')],
      ['tooLate', at, alice, recall, { time: 61_000 }],
      ['tooLate', at, alice, edit('x'), { time: 61_000 }],
      ['tooLate', at, alice, { kind: 'recall', withinMs: 0, others: false }, { time: 1_000 }],
    ];
    for (const [why, target, from, what, given] of cases)
      assert.equal(await refused(act(target, from, what, given)), why, JSON.stringify([why, what]));
    assert.equal((await store().heads([conversation])).get(conversation), 4);
    await done(act(at, bob, { kind: 'recall', withinMs: 0, others: true }));
  });

  it('bounds the reactions of a message and the pins of a conversation', async () => {
    const at = await said(store());
    const { alice, bob, conversation } = at;
    const emoji = Array.from({ length: limits.reactions + 1 }, (_, i) => String.fromCodePoint(0x1f600 + i));
    for (const one of emoji.slice(0, -1)) await done(act(at, bob, react(one)));
    assert.equal(await refused(act(at, alice, react(emoji.at(-1)!))), 'tooManyEmoji');
    await done(act(at, alice, react(emoji[0]!)));
    await done(act(at, bob, react(emoji[1]!, false)));
    await done(act(at, alice, react(emoji.at(-1)!)));
    const rows = await Promise.all(
      Array.from({ length: limits.pins + 1 }, () => store().append(messageIn(conversation, alice))),
    );
    const outcomes = await Promise.all(rows.map((row) => act({ conversation, ...row }, bob, pin())));
    assert.deepEqual(
      outcomes.map((outcome) => 'refused' in outcome && outcome.refused),
      [...Array.from({ length: limits.pins }, () => false), 'tooManyPins'],
    );
    await done(act({ conversation, ...rows[3]! }, bob, pin(false)));
    await done(act({ conversation, ...rows[0]! }, alice, pin()));
    await done(act({ conversation, ...rows.at(-1)! }, alice, pin()));
    const pins = (await store().pins(conversation, bob)).map(({ seq }) => seq);
    assert.deepEqual(pins.slice(0, 2), [rows.at(-1)!.seq, rows[0]!.seq]);
    assert.equal(pins.length, limits.pins);
  });

  it('tells what a message said before', async () => {
    const at = await said(store(), { content: 'one', time: 1_000 });
    assert.deepEqual(await store().edits(at.conversation, at.seq), []);
    await done(act(at, at.alice, edit('two'), { time: 2_000 }));
    await done(act(at, at.alice, edit('three'), { time: 3_000 }));
    assert.deepEqual(await store().edits(at.conversation, at.seq), [
      { content: 'one', time: 1_000 },
      { content: 'two', time: 2_000 },
      { content: 'three', time: 3_000 },
    ]);
  });

  it('keeps the order of the log where messages and actions come at once, from many', async () => {
    const at = await said(store());
    const { alice, bob, conversation } = at;
    const sends = Array.from({ length: 100 }, (_, i) => store().append(messageIn(conversation, i % 2 ? alice : bob)));
    const acts = Array.from({ length: 100 }, (_, i) =>
      done(act(at, i % 2 ? alice : bob, react(i % 3 ? '👍' : '🎉', i % 5 > 0))),
    );
    const places = (await Promise.all([...sends, ...acts])).map(({ seq }) => seq).sort((a, b) => a - b);
    assert.deepEqual(
      places,
      Array.from({ length: 200 }, (_, i) => i + 2),
    );
    const rows = await store().messages(conversation, 1, 201);
    const expected = new Set<string>();
    for (const { type, from, body } of rows) {
      if (type !== 'reaction') continue;
      const { emoji, on } = JSON.parse(body) as { emoji: string; on: boolean };
      if (on) expected.add(`${emoji} ${from}`);
      else expected.delete(`${emoji} ${from}`);
    }
    const { reactions = [] } = (await bodyAt(conversation, 1)) as {
      reactions?: { emoji: string; accounts: string[] }[];
    };
    const shown = reactions.flatMap(({ emoji, accounts }) => accounts.map((account) => `${emoji} ${account}`));
    assert.deepEqual(shown.sort(), [...expected].sort());
  });

  it('acts in many conversations at once', async () => {
    const talks = await Promise.all(Array.from({ length: 20 }, () => said(store())));
    const rounds = Array.from({ length: 5 }, (_, i) =>
      talks.map((at) => done(act(at, i % 2 ? at.alice : at.bob, react('👍')))),
    );
    await Promise.all(rounds.flat());
    for (const { conversation } of talks) assert.equal((await store().heads([conversation])).get(conversation), 6);
  });
});
