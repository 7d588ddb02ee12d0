import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { isAction, withAction, type Acted } from '../../../src/protocol/actions.js';
import { decodeClientFrame, decodeServerFrame } from '../../../src/protocol/decode.js';
import { ActionEvent, Emoji } from '../../../src/protocol/model.js';

const said: Acted = { content: 'hello', mentions: ['bob'], replyTo: 1, custom: '{}' };
const at = { target: 2, by: 'alice', time: 9 } as const;
const react = (seq: number, account: string, emoji: string, on = true): ActionEvent => ({
  kind: 'reaction',
  seq,
  target: 2,
  account,
  emoji,
  on,
});

describe('an action on a message', () => {
  it('edits its text and its mentions', () => {
    const edited = withAction(said, { kind: 'edit', seq: 3, ...at, content: 'hi' });
    expect(edited).to.deep.equal({ content: 'hi', replyTo: 1, custom: '{}', editTime: 9, rev: 3 });
    expect(
      withAction(said, { kind: 'edit', seq: 3, ...at, content: 'hi', mentions: ['carol'] }).mentions,
    ).to.deep.equal(['carol']);
  });

  it('leaves a trace of what was recalled, and nothing else, whatever comes after', () => {
    const pinned = withAction(said, { kind: 'pin', seq: 3, ...at, on: true });
    const reacted = withAction(pinned, react(4, 'bob', '👍'));
    const recalled = withAction(reacted, { kind: 'recall', seq: 5, ...at, from: 'alice' });
    expect(recalled).to.deep.equal({ recalled: { by: 'alice', time: 9 }, rev: 5 });
    const later = withAction(recalled, { kind: 'edit', seq: 6, ...at, content: 'x' });
    expect(later).to.deep.equal({ recalled: { by: 'alice', time: 9 }, rev: 6 });
  });

  it('puts reactions, one of each emoji for each account, and takes them off', () => {
    const events = [react(3, 'bob', '👍'), react(4, 'carol', '👍'), react(5, 'bob', '❤️'), react(6, 'bob', '👍')];
    const all = events.reduce(withAction, said);
    expect(all.reactions).to.deep.equal([
      { emoji: '👍', accounts: ['carol', 'bob'] },
      { emoji: '❤️', accounts: ['bob'] },
    ]);
    const less = [react(7, 'bob', '❤️', false), react(8, 'bob', '👍', false), react(9, 'dan', '👍', false)];
    expect(less.reduce(withAction, all).reactions).to.deep.equal([{ emoji: '👍', accounts: ['carol'] }]);
    expect(withAction(withAction(said, react(3, 'b', '👍')), react(4, 'b', '👍', false))).not.to.have.property(
      'reactions',
    );
  });

  it('pins and unpins', () => {
    const pinned = withAction(said, { kind: 'pin', seq: 3, ...at, on: true });
    expect(pinned.pinned).to.deep.equal({ by: 'alice', time: 9 });
    expect(withAction(pinned, { kind: 'pin', seq: 4, ...at, on: false })).to.deep.equal({ ...said, rev: 4 });
  });

  it('that was taken before changes nothing, wherever one begins again', () => {
    const actions = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('edit' as const), content: fc.string() }),
        fc.record({ kind: fc.constant('pin' as const), on: fc.boolean() }),
        fc.record({ kind: fc.constant('recall' as const), from: fc.constant('alice') }),
        fc.record({
          kind: fc.constant('reaction' as const),
          account: fc.constantFrom('a', 'b'),
          emoji: fc.constantFrom('👍', '🎉'),
          on: fc.boolean(),
        }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(actions, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (list, cut, again) => {
        const events = list.map((action, i) => ({ ...at, ...action, seq: i + 3 }));
        const whole = events.reduce(withAction, said);
        const part = events.slice(0, cut).reduce(withAction, said);
        expect(events.slice(Math.min(again, cut)).reduce(withAction, part)).to.deep.equal(whole);
      }),
    );
  });

  it('is told from what is none', () => {
    expect(isAction(react(1, 'a', '👍'))).to.equal(true);
    expect(isAction({ kind: 'message' })).to.equal(false);
    expect(isAction({ kind: 'unknown' })).to.equal(false);
  });
});

describe('an emoji', () => {
  it('is one, whatever it is made of', () => {
    for (const emoji of ['👍', '👍🏽', '❤️', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '#️⃣', '☺', '⭐', '🧑🏿‍🚀', '©️', '㊙️'])
      expect(v.is(Emoji, emoji), emoji).to.equal(true);
  });

  it('is not a word, not several, and not too long', () => {
    for (const text of [
      '',
      'a',
      'ok',
      '1',
      '#',
      '👍👍',
      ' 👍',
      '👍\n',
      '🇩',
      '\u200d',
      '\ufe0f',
      '<b>',
      `👍${'\u200d👍'.repeat(20)}`,
    ])
      expect(v.is(Emoji, text), text).to.equal(false);
  });
});

describe('an act', () => {
  const act = {
    t: 'act',
    idClient: 'client-1',
    cid: 'p2p-bob',
    act: 'react',
    target: 3,
    id: 'm',
    emoji: '👍',
    on: true,
  };

  it('is read as it is written', () => {
    expect(decodeClientFrame(JSON.stringify(act))).to.deep.equal(act);
  });

  it('is refused with what does not belong to it', () => {
    for (const change of [
      { act: 'burn' },
      { emoji: 'x' },
      { target: -1 },
      { id: '' },
      { by: 'bob' },
      { content: 'a\0' },
    ])
      expect(() => decodeClientFrame(JSON.stringify({ ...act, ...change })), JSON.stringify(change)).to.throw(/^act\./);
  });

  it('of a later version, or damaged, keeps its place in the log', () => {
    for (const event of [
      { kind: 'edit', seq: 4, target: 'x' },
      { kind: 'vote', seq: 4, target: 2 },
    ])
      expect(decodeServerFrame(JSON.stringify({ t: 'event', cid: 'p2p-bob', event }))).to.deep.include({
        event: { kind: 'unknown', seq: 4 },
      });
  });
});
