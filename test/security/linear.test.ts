import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initials } from '../../src/elements/avatar/initials.js';
import { sendable } from '../../src/elements/composer/sendable.js';
import { parseConversationId } from '../../src/protocol/ids.js';
import { decodeClientFrame } from '../../src/protocol/decode.js';
import { isWellFormed } from '../../src/protocol/model.js';
import { linkify } from '../../src/renderers/linkify.js';
import { oneLine } from '../../src/renderers/one-line.js';

/** What reads a text that others wrote. */
const readers = new Map<string, (text: string) => unknown>([
  ['linkify', linkify],
  ['oneLine', oneLine],
  ['sendable', sendable],
  ['initials', initials],
  ['isWellFormed', isWellFormed],
  ['parseConversationId', parseConversationId],
  ['decodeClientFrame', (text) => attempt(() => decodeClientFrame(text))],
]);

/** Each is repeated until it fills the length. */
const patterns = [
  'http://',
  'https://a.',
  'www.',
  'www.a.b.c/',
  'mailto:',
  'mailto:a@',
  'https://a.b/((((',
  'https://a.b/))))',
  'https://a.b/([{',
  'https://a.b/.,;:!?',
  "https://a.b/'''",
  '(((((',
  '@@@@',
  '.....',
  '-----',
  '\ud83d\ude00',
  '\ud800',
  '\u200d',
  '\u0301',
  '\n',
  ' \t',
  ' \n',
  '\0',
  '[[[[',
  '{"a":',
  '"\\',
  '\\\\\\"',
  '1234567890',
  'a b ',
  '\u{1f1e6}',
];

const of = (pattern: string, length: number): string =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

describe('64 KB of a text that is made to be slow', () => {
  for (const [name, read] of readers)
    it(`S-20: costs ${name} no more than its length`, () => {
      for (const pattern of patterns) {
        const short = of(pattern, 4_096);
        const long = of(pattern, 65_536);
        read(short);
        // Sixteen times the text: 16 where time is linear, 256 where it is quadratic. The best of some runs, and a floor, against noise.
        const growth =
          best(() => read(long)) /
          Math.max(
            best(() => read(short)),
            0.02,
          );
        assert.ok(growth < 100, `${JSON.stringify(pattern)} grew ${growth.toFixed(0)} times`);
      }
    });
});

function best(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
