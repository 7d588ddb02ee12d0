import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { decodeClientFrame, decodeServerFrame, ProtocolError } from '../../../src/protocol/decode.js';
import { encodeFrame } from '../../../src/protocol/encode.js';
import { ClientFrame, ServerFrame } from '../../../src/protocol/frames.js';
import { arbitraryOf } from './arbitrary-of.js';

const clientFrame = arbitraryOf(ClientFrame) as fc.Arbitrary<ClientFrame>;
const serverFrame = arbitraryOf(ServerFrame) as fc.Arbitrary<ServerFrame>;
const decoders = [decodeClientFrame, decodeServerFrame];

/** What Object.prototype has before anything was decoded. */
const prototype = Object.getOwnPropertyNames(Object.prototype).join();

/** Decodes with both ends; only a ProtocolError may come of it, and no prototype may have changed. */
function survive(data: unknown): void {
  for (const decode of decoders) {
    try {
      decode(data);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      expect(error.message).not.to.equal('');
      expect(error.message.length).to.be.lessThan(400);
    }
  }
  expect(Object.getOwnPropertyNames(Object.prototype).join()).to.equal(prototype);
  expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
}

describe('frames', () => {
  it('of a client decode to themselves', () => {
    fc.assert(
      fc.property(clientFrame, (frame) => void expect(decodeClientFrame(encodeFrame(frame))).to.deep.equal(frame)),
      {
        numRuns: 1_000,
      },
    );
  }).timeout(60_000);

  it('of a server decode to themselves', () => {
    fc.assert(
      fc.property(serverFrame, (frame) => void expect(decodeServerFrame(encodeFrame(frame))).to.deep.equal(frame)),
      {
        numRuns: 1_000,
      },
    );
  }).timeout(60_000);
});

describe('decoding', () => {
  const runs = { numRuns: 2_000 };
  const hostile = fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    't',
    'r',
    'idClient',
    'event',
    'polluted',
  );
  const types = fc.constantFrom(
    ...ClientFrame.options.map(({ entries }) => entries.t.literal),
    ...ServerFrame.options.map(({ entries }) => entries.t.literal),
  );

  it('survives any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survive), runs);
  }).timeout(60_000);

  it('survives any value', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withSparseArray: true }),
        survive,
      ),
      runs,
    );
  }).timeout(60_000);

  it('survives any JSON under any type', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(
          fc.string(),
          fc.double(),
          fc.boolean(),
          fc.constant(null),
          fc.constant(Infinity),
          fc.constant(2 ** 53 + 1),
        ),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.array(fc.tuple(fc.oneof(hostile, fc.string()), tie('tree')), { maxLength: 4 }).map(asJsonObject),
      ),
    }));
    fc.assert(
      fc.property(types, fc.array(fc.tuple(hostile, tree), { maxLength: 6 }), (t, fields) =>
        survive(
          JSON.stringify(t).replace(/^/, '{"t":') +
            fields.map(([key, value]) => `,${JSON.stringify(key)}:${text(value)}`).join('') +
            '}',
        ),
      ),
      runs,
    );
  }).timeout(60_000);

  it('survives a good frame that was cut, or of which a piece was changed', () => {
    const frame = fc.oneof(clientFrame, serverFrame).map(encodeFrame);
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('"', '{', ']', '\\', 'null', '1e999', '"__proto__":{"polluted":1},'),
    );
    fc.assert(
      fc.property(frame, fc.nat(), fc.nat({ max: 20 }), piece, (json, seed, length, put) => {
        const at = seed % (json.length + 1);
        survive(json.slice(0, at));
        survive(json.slice(0, at) + put + json.slice(at + length));
      }),
      runs,
    );
  }).timeout(60_000);

  it('does not hang on what is made to make it', () => {
    const size = 60_000;
    for (const data of [
      '[',
      '{"a":',
      '"',
      '\\',
      '"\\',
      '\\"',
      '"\\\\',
      '{"t":"send","content":"\\',
      '1',
      ' ',
      '\ud800',
      ',',
    ])
      survive(data.repeat(Math.ceil(size / data.length)).slice(0, size));
    survive('['.repeat(5_000_000));
    survive(`{"t":"page","events":[${'{"seq":1},'.repeat(1_000_000)}]}`);
  }).timeout(60_000);
});

/** Kept as its own text, since an object literal would swallow `__proto__`. */
class JsonText {
  constructor(readonly json: string) {}
}

function asJsonObject(pairs: readonly (readonly [string, unknown])[]): JsonText {
  return new JsonText(`{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${text(value)}`).join()}}`);
}

function text(value: unknown): string {
  if (value instanceof JsonText) return value.json;
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  return value === Infinity ? '1e400' : JSON.stringify(value);
}
