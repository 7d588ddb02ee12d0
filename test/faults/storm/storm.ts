import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultServer, type FaultServerOptions } from '../helpers/fault-server.js';
import { Crowd } from './crowd.js';
import { Mint, tokenS } from './mint.js';
import { Probe } from './probe.js';

/** How everybody is dropped. */
export type Drop = 'killed, every token expired' | 'reset';

export type StormReport = {
  readonly drop: Drop;
  readonly connections: number;
  /** Until the last one is back. */
  readonly backMs: number;
  /** Until acks are as quick as before, within twice and 50 ms. */
  readonly quickMs: number;
  readonly ackMs: { readonly before: number; readonly during: number; readonly after: number };
  /** In the busiest second. */
  readonly attemptsPerSecond: number;
  readonly attempts: number;
  readonly mintPerSecond: number;
  readonly minted: number;
  readonly peakMiB: number;
  /** Messages of the few who talked all the while. */
  readonly acked: number;
};

/** What a storm of 5,000 may take at most, on a machine of two cores that plays the crowd too; the README has what it takes there. */
export const bounds = {
  backMs: 120_000,
  quickMs: 90_000,
  // Nobody tries again within half a second, so nobody three times within one.
  attemptsShare: 2,
  mintShare: 1,
  mintsEach: 1.2,
  peakMiB: 512,
  slowMiB: 400,
};

/** In what a storm went beyond its bounds. */
export function problemsOf(report: StormReport): string[] {
  const { connections, backMs, quickMs, attemptsPerSecond, minted, mintPerSecond, peakMiB } = report;
  const within: [what: string, value: number, bound: number][] = [
    ['ms until the last one is back', backMs, bounds.backMs],
    ['ms until acks are as quick as before', quickMs, bounds.quickMs],
    ['attempts in one second', attemptsPerSecond, connections * bounds.attemptsShare],
    ['tokens asked for in one second', mintPerSecond, connections * bounds.mintShare],
    // Nobody asks again for a token that has not been refused.
    ['tokens asked for', minted, connections * bounds.mintsEach],
    ['MiB of memory', peakMiB, bounds.peakMiB],
  ];
  return within.filter(([, value, bound]) => value > bound).map(([what, value, bound]) => `${value} ${what}: ${bound}`);
}

/** The report in a line. */
export function wordsOf({ drop, connections, backMs, quickMs, ackMs, ...counts }: StormReport): string {
  const { attempts, attemptsPerSecond, minted, mintPerSecond, peakMiB } = counts;
  return (
    `${connections} ${drop}: back after ${seconds(backMs)}, acks as before after ${seconds(quickMs)} ` +
    `(p50 ${Math.round(ackMs.before)}, ${Math.round(ackMs.during)}, ${Math.round(ackMs.after)} ms before, during, after); ` +
    `${attempts} attempts, at most ${attemptsPerSecond} a second; ${minted} tokens, at most ${mintPerSecond} a second; ` +
    `${Math.round(peakMiB)} MiB at most`
  );
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export type Storm = {
  readonly connections: number;
  readonly processes: number;
  /** An empty directory of its own. */
  readonly directory: string;
  readonly drops?: readonly Drop[];
  readonly say?: (words: string) => void;
};

/** Everybody is dropped at once: by the server's death, with every token expired when it is back; by the network. */
export async function storm(setup: Storm): Promise<StormReport[]> {
  const { connections, processes, directory, drops = ['killed, every token expired', 'reset'], say } = setup;
  // Beyond its bound it is given a little longer, to say by how much.
  const limitMs = bounds.backMs * 1.5;
  const mint = await Mint.start();
  const crowd = new Crowd(connections, processes);
  const options: FaultServerOptions = { dataDir: join(directory, 'data'), proxies: ['127.0.0.0/8'] };
  let server = await FaultServer.start(options);
  const probe = new Probe(server.url, mint.url);
  try {
    crowd.connect(server.url, mint.url);
    await crowd.complete(limitMs);
    await probe.start();
    say?.(`${connections} are there`);
    const { port } = server;
    const killed = async (): Promise<void> => {
      const next = new FaultServer();
      await server.kill();
      server = next;
      // Two lives of a token later.
      mint.aheadMs = 2_000 * tokenS;
      await next.start({ ...options, port, aheadMs: mint.aheadMs });
    };
    const reports: StormReport[] = [];
    for (const drop of drops) reports.push(await observe(drop, drop === 'reset' ? async () => crowd.reset() : killed));
    return reports;
  } finally {
    await Promise.all([crowd.close(), probe.close()]);
    await server.kill();
    await mint.close();
  }

  async function observe(drop: Drop, fall: () => Promise<void>): Promise<StormReport> {
    const calm = performance.now();
    // Long enough for every client to take its link for a good one.
    await pause(6_000);
    const before = probe.p50(calm);
    crowd.attempts.take();
    mint.asked.take();
    const from = performance.now();
    await fall();
    await crowd.until(() => crowd.connected < connections / 2, limitMs);
    await crowd.complete(limitMs);
    const back = performance.now();
    const quick = await probe.quickAgain(before * 2 + 50, from, limitMs);
    const rest = Math.max(back, quick);
    await pause(2_000);
    const [attempts, minted] = [crowd.attempts, mint.asked];
    return {
      ...{ drop, connections, backMs: back - from, quickMs: quick - from },
      ackMs: { before, during: probe.p50(from, rest), after: probe.p50(rest) },
      ...{ attemptsPerSecond: attempts.peak, attempts: attempts.total },
      ...{ mintPerSecond: minted.peak, minted: minted.total },
      ...{ peakMiB: await server.peakMiB(), acked: probe.acked },
    };
  }
}
