import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './check.js';
import { killLoop } from './kill-loop.js';
import { powerLoss } from './power-loss/power-loss.js';
import { compileShim } from './power-loss/shim.js';
import { runSimulations } from './simulation/run-simulations.js';
import { slowReaders } from './storm/slow-readers.js';
import { bounds, problemsOf, storm, wordsOf } from './storm/storm.js';
import type { Tally } from './tally.js';

/** One part of the long run. */
export type Part = (run: {
  readonly seed: number;
  readonly size: number;
  /** An empty directory of its own. */
  readonly directory: string;
  readonly tally: Tally;
  readonly say: (words: string) => void;
  readonly judge: (what: string, problems: readonly string[]) => void;
}) => Promise<void>;

/** Kills of one store before it is looked at. */
const killsOfLife = 50;
const cutsOfLife = 25;

const wordsIn = ({ findings }: Verdict): string[] =>
  findings.slice(0, 10).map(({ fault, words }) => `${fault}: ${words}`);

/** Simulated storms between two words of how far it is. */
const runsOfStep = 500;

export const simulate: Part = async ({ seed, size, tally, say, judge }) => {
  for (let done = 0; done < size; done += runsOfStep) {
    const { failed, acked, runs } = await runSimulations({
      ...{ from: seed + done, count: Math.min(runsOfStep, size - done), tally },
      // One alone is there to be looked at.
      verbose: size === 1,
    });
    for (const { seed: bad, findings } of failed) judge(`simulation, seed ${bad}`, findings.slice(0, 5));
    for (let i = failed.length; i < runs; i++) judge('simulation', []);
    say(`${done + runs} of ${size} storms, ${acked} acked in the last ${runs}`);
  }
};

export const runKills: Part = async ({ seed, size, directory, tally, say, judge }) => {
  for (let done = 0, life = seed; done < size; life++) {
    const kills = Math.min(killsOfLife, size - done);
    const own = join(directory, String(life));
    mkdirSync(own);
    const verdict = await killLoop({ seed: life, kills, directory: own, tally });
    done += kills;
    judge(`kills, seed ${life}`, wordsIn(verdict));
    say(`${done} of ${size} kills, ${verdict.acked} acked in the last ${kills}`);
  }
};

export const runPower: Part = async ({ seed, size, directory, tally, say, judge }) => {
  const shim = compileShim(directory);
  if (!shim) return judge('power', ['there is no C compiler on this machine']);
  for (let done = 0, life = seed; done < size; life++) {
    const cuts = Math.min(cutsOfLife, size - done);
    const own = join(directory, String(life));
    mkdirSync(own);
    const verdict = await powerLoss({ shim, seed: life, cuts, directory: own, tally });
    done += cuts;
    judge(`power, seed ${life}`, wordsIn(verdict));
    say(`${done} of ${size} power cuts, ${verdict.acked} acked between the last ${cuts}`);
  }
};

export const runStorm: Part = async ({ size, directory, tally, say, judge }) => {
  for (const report of await storm({ connections: size, processes: 2, directory, say })) {
    say(wordsOf(report));
    judge(`storm, ${report.drop}`, problemsOf(report));
    tally.add(new Map([[`F36 (${report.drop})`, 1]]), { acked: report.acked, lost: 0, doubled: 0 }, report.backMs);
  }
  const slow = await slowReaders(10, join(directory, 'slow'));
  say(
    `${slow.cut} slow readers were cut off and are back with ${slow.messages} messages each; ${Math.round(slow.peakMiB)} MiB at most`,
  );
  judge('slow readers', slow.peakMiB > bounds.slowMiB ? [`${slow.peakMiB} MiB of memory`] : []);
  tally.add(new Map([['F14', slow.cut]]), { acked: slow.cut * slow.messages, lost: 0, doubled: 0 });
};
