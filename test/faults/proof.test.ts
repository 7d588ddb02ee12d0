import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fault, Verdict } from './check.js';
import { findingsOf } from './simulation/run-simulations.js';
import { simulate, type Simulation, type SimulationOptions } from './simulation/simulate.js';

const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const never = 2 ** 31 - 1;

async function runs(options: SimulationOptions): Promise<Simulation[]> {
  const done: Simulation[] = [];
  for (const seed of seeds) done.push(await simulate(seed, options));
  return done;
}

const sum = (all: readonly Simulation[], ...faults: Fault[]): number =>
  all.reduce((total, { verdict }) => total + faults.reduce((count, fault) => count + verdict[fault], 0), 0);

/** The same seeds, with and without what the promise hangs on. */
const proofs: readonly {
  readonly what: string;
  readonly sees: readonly (keyof Verdict & Fault)[];
  readonly on: SimulationOptions;
  readonly off: SimulationOptions;
}[] = [
  {
    what: 'the uniqueness of (sender, idClient)',
    sees: ['doubled'],
    on: { faults: ['frameTwice', 'ackLost', 'answerLost', 'cut'] },
    off: { unique: false },
  },
  {
    what: 'the sync before the ack',
    sees: ['lost'],
    on: { faults: ['serverPower'] },
    off: { syncs: false },
  },
  {
    what: "the client's check for gaps, and the server's of heads",
    sees: ['holes', 'disagreements'],
    on: { faults: ['hintLost'] },
    off: { timing: { hold: never }, tuning: { headCheckMs: never } },
  },
];

describe('the checker sees what happens', () => {
  for (const { what, sees, on, off } of proofs)
    it(`without ${what}, and nothing with it`, async () => {
      for (const run of await runs(on)) assert.deepEqual(findingsOf(run), [], `seed ${run.seed}`);
      assert.ok(sum(await runs({ ...on, ...off }), ...sees) > 0, `nothing ${sees.join(', ')}`);
    });
});
