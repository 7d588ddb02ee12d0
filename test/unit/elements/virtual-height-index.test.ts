import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { HeightIndex } from '../../../src/elements/message-list/height-index.js';

/** Engines lay out in fractions of 1/64 px. */
const height = fc.integer({ min: 0, max: 64 * 400 }).map((n) => n / 64);
const step = fc.oneof(
  fc.record({ op: fc.constant('push' as const), height }),
  fc.record({ op: fc.constant('set' as const), at: fc.nat(60), height }),
  fc.record({ op: fc.constant('truncate' as const), to: fc.nat(60) }),
);

describe('height index', () => {
  it('agrees with a plain array whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.array(fc.integer({ min: -50, max: 20_000 })), (steps, ys) => {
        const index = new HeightIndex();
        const plain: number[] = [];
        for (const s of steps) {
          if (s.op === 'push') {
            index.push(s.height);
            plain.push(s.height);
          } else if (s.op === 'set') {
            index.set(s.at, s.height);
            if (s.at < plain.length) plain[s.at] = s.height;
          } else {
            index.truncate(s.to);
            plain.length = Math.min(plain.length, s.to);
          }
        }
        const offset = (i: number): number => plain.slice(0, i).reduce((a, b) => a + b, 0);
        expect(index.length).to.equal(plain.length);
        expect(index.total).to.equal(offset(plain.length));
        for (let i = 0; i <= plain.length; i++) expect(index.offset(i)).to.equal(offset(i));
        for (const y of ys) {
          let at = Math.min(0, plain.length - 1);
          while (at + 1 < plain.length && offset(at + 1) <= y) at++;
          expect(index.indexAt(y)).to.equal(at);
        }
      }),
    );
  });

  it('answers for a column without rows', () => {
    const index = new HeightIndex();
    expect(index.indexAt(10)).to.equal(-1);
    expect(index.offset(3)).to.equal(0);
    index.set(0, 20);
    expect(index.total).to.equal(0);
  });
});
