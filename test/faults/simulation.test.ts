import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf, strikeNames, weatherNames, type FaultName } from './simulation/fault-names.js';
import { findingsOf, runSimulations } from './simulation/run-simulations.js';
import { simulate } from './simulation/simulate.js';

const quiet = (): void => undefined;

/** All seeds from `from` on are green, and everything that was sent and acked was counted. */
async function allGreen(from: number, count: number, faults?: readonly FaultName[]): Promise<void> {
  const { failed, acked } = await runSimulations({ from, count, print: quiet, ...(faults && { options: { faults } }) });
  assert.deepEqual(failed, []);
  assert.ok(acked > count);
}

describe('real clients and the real server in a storm', () => {
  for (let from = 1; from < 200; from += 50)
    it(`agree in the end, nothing lost, nothing doubled (seeds ${from}–${from + 49})`, () => allGreen(from, 50));
});

describe('each fault alone', () => {
  for (const name of [...weatherNames, ...strikeNames])
    it(`${faultsOf[name].join(', ')}: ${name} loses nothing and doubles nothing`, async () => {
      let injected = 0;
      // The rare ones need more runs than three to come at all.
      for (let seed = 1; seed <= 3 || (injected === 0 && seed <= 30); seed++) {
        const run = await simulate(seed, { faults: [name] });
        assert.deepEqual(findingsOf(run), [], `seed ${seed}`);
        for (const times of run.injected.values()) injected += times;
      }
      assert.ok(injected > 0, 'it was never provoked');
    });
});

describe('a seed', () => {
  it('gives the same run twice, to the byte', async () => {
    const [first, second, other] = [await simulate(7), await simulate(7), await simulate(8)];
    assert.equal(JSON.stringify(first.sends), JSON.stringify(second.sends));
    assert.deepEqual(first.trace, second.trace);
    assert.notDeepEqual(first.trace, other.trace);
  });

  it('is printed when its run fails, with the way to see it again', async () => {
    const lines: string[] = [];
    const options = { unique: false, faults: ['frameTwice'] } as const;
    const { failed } = await runSimulations({ from: 1, count: 2, options, print: (line) => lines.push(line) });
    assert.ok(failed.length > 0);
    assert.ok(
      lines.some((line) =>
        line.includes(`npm run test:faults -- --only simulation --runs 1 --seed ${failed[0]!.seed}`),
      ),
    );
  });
});
