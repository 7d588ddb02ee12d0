import type { Verdict } from '../check.js';
import type { Send } from '../history.js';
import type { FaultName } from './fault-names.js';
import { Dice } from './dice.js';
import { inFakeLoop } from './event-loop.js';
import { converge, judge } from './judge.js';
import { makePlan } from './plan.js';
import { populate, rage } from './storm.js';
import { World, type WorldOptions } from './world.js';

export type SimulationOptions = Partial<WorldOptions> & {
  /** What may go wrong; default: a few kinds, as the seed has it. */
  readonly faults?: readonly FaultName[];
};

export type Simulation = {
  readonly seed: number;
  readonly verdict: Verdict;
  /** What is wrong beyond the verdict: no convergence, timers or connections left, a mark that went back. */
  readonly problems: readonly string[];
  /** Row of the fault list → how often it was provoked. */
  readonly injected: ReadonlyMap<string, number>;
  /** How long it took until all agreed, ms. */
  readonly convergeMs: number | undefined;
  readonly sends: readonly Send[];
  /** Everything that happened, a line each. */
  readonly trace: readonly string[];
};

/** One run: the same seed and options give the same, to the byte. */
export function simulate(seed: number, options: SimulationOptions = {}): Promise<Simulation> {
  const dice = new Dice(seed);
  return inFakeLoop(dice.random, async () => {
    const plan = makePlan(dice, options.faults);
    const world = new World(dice, { unique: true, syncs: true, timing: {}, tuning: {}, ...options });
    populate(world, plan);
    await rage(world, plan);
    world.heal();
    const convergeMs = await converge(world);
    const verdict = await judge(world);
    const { problems, injected, trace, history } = world;
    return { seed, verdict, problems, injected, convergeMs, sends: history.sends, trace };
  });
}
