import type { Tally } from '../tally.js';
import { simulate, type Simulation, type SimulationOptions } from './simulate.js';

export type SimulationRuns = {
  /** The first seed; each run has the next. */
  readonly from: number;
  readonly count: number;
  /** Tell everything that happens. */
  readonly verbose?: boolean;
  readonly tally?: Tally;
  readonly options?: SimulationOptions;
  /** Takes each line. Default: the console. */
  readonly print?: (line: string) => void;
};

/** A run that is not as it shall be, and why. */
export type FailedRun = { readonly seed: number; readonly findings: readonly string[] };

/** Runs seed after seed, tells those that fail and how to see them again, and gives them. */
export async function runSimulations({ from, count, verbose, tally, options, print }: SimulationRuns) {
  const say = print ?? ((line: string) => console.log(line));
  const failed: FailedRun[] = [];
  let acked = 0;
  for (let seed = from; seed < from + count; seed++) {
    const run = await simulate(seed, options);
    const findings = findingsOf(run);
    acked += run.verdict.acked;
    tally?.add(run.injected, run.verdict, run.convergeMs);
    if (verbose) for (const line of run.trace) say(line);
    if (findings.length === 0) continue;
    failed.push({ seed, findings });
    say(`seed ${seed} failed; see it again: npm run test:faults -- --only simulation --runs 1 --seed ${seed}`);
    for (const finding of findings.slice(0, verbose ? Infinity : 5)) say(`  ${finding}`);
  }
  return { runs: count, acked, failed };
}

/** Everything that is wrong with a run, in words. */
export function findingsOf({ verdict, problems }: Simulation): string[] {
  return [...problems, ...verdict.findings.map(({ fault, words }) => `${fault}: ${words}`)];
}
