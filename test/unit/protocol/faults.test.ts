import { expect } from '@open-wc/testing';
import { closeCodes, remedyOf } from '../../../src/protocol/codes.js';
import { decodeClientFrame, decodeServerFrame, ProtocolError, type FaultKind } from '../../../src/protocol/decode.js';
import { conversationId, parseConversationId } from '../../../src/protocol/ids.js';
import { limits } from '../../../src/protocol/limits.js';

function faultOf(decode: (data: unknown) => unknown, data: unknown): ProtocolError {
  try {
    decode(data);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error(`nothing was wrong with ${String(data).slice(0, 80)}`);
}

const send = (change: Record<string, unknown>): string =>
  JSON.stringify({ t: 'send', idClient: 'client-1', cid: 'p2p-bob', type: 'text', content: 'x', ...change });
const nested = (levels: number): string => `{"t":"ping","a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('a faulty frame of a client', () => {
  const cases: [what: string, data: unknown, kind: FaultKind, words: RegExp][] = [
    ['is binary', new ArrayBuffer(4), 'not-json', /binary/],
    ['is nothing', undefined, 'not-json', /JSON/],
    ['is empty', '', 'not-json', /not JSON/],
    ['is cut off', '{"t":"pi', 'not-json', /not JSON/],
    ['is a list', '[]', 'not-json', /not a JSON object/],
    ['is null', 'null', 'not-json', /not a JSON object/],
    ['is a string', '"ping"', 'not-json', /not a JSON object/],
    ['is too big', `"${'x'.repeat(limits.frameBytes)}"`, 'too-big', /65536/],
    ['is too deep', nested(limits.depth + 1), 'too-deep', /16 levels/],
    ['has no type', '{}', 'unknown-type', /no type/],
    ['has a type that is no word', '{"t":1}', 'unknown-type', /no type/],
    ['has an unknown type', '{"t":"teleport"}', 'unknown-type', /teleport/],
    ['has a type of every object', '{"t":"constructor"}', 'unknown-type', /constructor/],
    ['lacks a field', '{"t":"typing","on":true}', 'bad-field', /^typing\.cid/],
    ['has a field too many', '{"t":"ping","x":1}', 'bad-field', /^ping\.x/],
    ['has __proto__ for a field', '{"t":"ping","__proto__":{"polluted":1}}', 'bad-field', /^ping\.__proto__/],
    ['has a field of the wrong kind', '{"t":"read","cid":"p2p-bob","seq":"1"}', 'bad-field', /^read\.seq/],
    ['counts below zero', '{"t":"read","cid":"p2p-bob","seq":-1}', 'bad-field', /^read\.seq/],
    ['counts in halves', '{"t":"read","cid":"p2p-bob","seq":0.5}', 'bad-field', /^read\.seq/],
    ['counts beyond 2^53', '{"t":"read","cid":"p2p-bob","seq":9007199254740993}', 'bad-field', /^read\.seq/],
    ['counts to infinity', '{"t":"read","cid":"p2p-bob","seq":1e400}', 'bad-field', /^read\.seq/],
    ['names no conversation', '{"t":"typing","cid":"p2p-Bob Smith","on":true}', 'bad-field', /not a conversation id/],
    ['is of a type that only the server sends', send({ type: 'notification' }), 'bad-field', /^send\.type/],
    ['says too much', send({ content: 'x'.repeat(limits.text + 1) }), 'bad-field', /longer than 5000/],
    ['contains NUL', send({ content: 'a\0b' }), 'bad-field', /NUL/],
    ['contains half a character', send({ content: 'a\ud800' }), 'bad-field', /surrogate/],
    ['claims to be from somebody', send({ from: 'mallory' }), 'bad-field', /^send\.from/],
    ['has an idClient that is none', send({ idClient: '../../etc' }), 'bad-field', /not an idClient/],
    ['asks for too much', '{"t":"get","r":1,"cid":"p2p-bob","limit":301}', 'bad-field', /^get\.limit/],
  ];
  for (const [what, data, kind, words] of cases)
    it(what, () => {
      const fault = faultOf(decodeClientFrame, data);
      expect(fault.kind).to.equal(kind);
      expect(fault.message).to.match(words);
    });

  it('can still be answered to, where it says what it was about', () => {
    expect(faultOf(decodeClientFrame, '{"t":"get","r":7}').about).to.deep.equal({ t: 'get', r: 7 });
    expect(faultOf(decodeClientFrame, send({ content: 1 })).about).to.deep.equal({ t: 'send', idClient: 'client-1' });
    expect(faultOf(decodeClientFrame, '{"t":"get","r":-7,"idClient":"<"}').about).to.deep.equal({ t: 'get' });
  });

  it('is not one that is as deep as it may be', () => {
    expect(faultOf(decodeClientFrame, nested(limits.depth)).kind).to.equal('bad-field');
  });

  it('is not deep by what stands in a string', () => {
    const content = '[{"\\'.repeat(500);
    expect(decodeClientFrame(send({ content }))).to.deep.include({ content });
  });
});

describe('a frame of a later server', () => {
  it('loses the fields that are not known', () => {
    expect(decodeServerFrame('{"t":"pong","mood":"good"}')).to.deep.equal({ t: 'pong' });
  });

  it('is ignored when its type is not known, and refused when it has none', () => {
    expect(decodeServerFrame('{"t":"hologram","x":1}')).to.equal(undefined);
    expect(faultOf(decodeServerFrame, '{"x":1}').kind).to.equal('unknown-type');
  });

  it('keeps the place of an event that is not known, or that is damaged', () => {
    for (const event of [
      { kind: 'reaction', seq: 4, emoji: '👍' },
      { kind: 'message', seq: 4, message: { id: 1 } },
    ])
      expect(decodeServerFrame(JSON.stringify({ t: 'event', cid: 'p2p-bob', event }))).to.deep.equal({
        t: 'event',
        cid: 'p2p-bob',
        event: { kind: 'unknown', seq: 4 },
      });
    expect(faultOf(decodeServerFrame, '{"t":"event","cid":"p2p-bob","event":{"kind":"x"}}').kind).to.equal('bad-field');
  });

  it('may carry an event of one’s own that is not known', () => {
    expect(decodeServerFrame('{"t":"user","event":{"kind":"badge","u":3}}')).to.deep.equal({
      t: 'user',
      event: { kind: 'unknown' },
    });
  });
});

describe('ids and codes', () => {
  it('of a conversation are read as they are written', () => {
    for (const id of ['p2p-bob', 'group-42', 'p2p-a.b_c@d-e'])
      expect(conversationId(parseConversationId(id)!.scene, parseConversationId(id)!.to)).to.equal(id);
    for (const id of ['bob', 'p2p-', 'p2p-Bob', 'room-1', `p2p-${'x'.repeat(33)}`, 'p2p-bob\n'])
      expect(parseConversationId(id), id).to.equal(undefined);
  });

  it('say after each close what helps', () => {
    const { normal: _, ...ours } = closeCodes;
    const remedies = Object.entries(ours).map(([name, code]) => `${name} ${remedyOf(code)}`);
    expect(remedies).to.deep.equal([
      'restart retry',
      'busy retry',
      'badFrame final',
      'tokenExpired token',
      'tokenInvalid token',
      'originForbidden final',
      'gone final',
      'tokenRevoked token',
      'tokenOrigin token',
      'slow retry',
      'elsewhere final',
      'tooBig retry',
      'accountDisabled final',
      'tooFrequent retry',
    ]);
    expect(remedyOf(1006)).to.equal('retry');
  });
});
