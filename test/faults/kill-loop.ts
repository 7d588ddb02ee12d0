import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FailpointName, FailpointOrder } from '../../src/server/failpoints.js';
import { check, type Verdict } from './check.js';
import { FaultServer } from './helpers/fault-server.js';
import { pairs, People } from './helpers/people.js';
import { randomOf } from '../helpers/random-of.js';
import { readLog } from './helpers/read-log.js';
import type { Tally } from './tally.js';

const kill = 'F26 (kill -9)';
/** Which row of the fault list a death at each place is; one at no place in particular is the row of the kill itself. */
type Place = FailpointName | 'anywhere';
const deaths: readonly (readonly [Place, string])[] = [
  ['anywhere', kill],
  ['anywhere', kill],
  ['anywhere', kill],
  ['anywhere', kill],
  ['before-store', 'F4'],
  ['in-transaction', 'F4'],
  ['after-commit', 'F5'],
  ['after-ack', 'F6'],
  ['after-publish', kill],
];

export type Life = {
  readonly seed: number;
  readonly kills: number;
  /** An empty directory of its own. */
  readonly directory: string;
  readonly tally: Tally;
  readonly onKill?: () => void;
};

/**
 * One store's life: its server is killed again and again while people write through it, at a random moment or at a place on a
 * message's way; every time it comes back on what is there. In the end the log, every client and a fresh one are compared with
 * what was sent.
 */
export async function killLoop({ seed, kills, directory, tally, onKill }: Life): Promise<Verdict> {
  const random = randomOf(seed);
  const dataDir = join(directory, 'data');
  let server = await FaultServer.start({ dataDir });
  const { port } = server;
  const people = new People(server.url, random);
  const processes = new Set([server]);
  const faults = new Set<string>();
  try {
    await people.connect();
    people.write();
    for (let i = 0, plan = planned(random, 'anywhere'); i < kills; i++) {
      const standby = new FaultServer();
      processes.add(standby);
      const before = people.acked;
      const fault = (await death(server, plan)) ? plan.fault : kill;
      const from = performance.now();
      // The last one lives: on it everybody comes to rest.
      plan = planned(random, i + 1 < kills ? undefined : 'anywhere');
      server = standby;
      await server.start({ dataDir, port, failpoints: plan.orders });
      const converged = people.converged().then(() => performance.now() - from);
      // One that dies before everybody has what was acked says nothing of how long that takes.
      const ms = await Promise.race([converged, server.ended]);
      faults.add(fault);
      tally.add(new Map([[fault, 1]]), { acked: people.acked - before, lost: 0, doubled: 0 }, ms ?? undefined);
      onKill?.();
    }
    await people.rest();
    const views = await people.views();
    await people.close();
    await server.kill();
    const verdict = check({ sends: people.history.sends, log: await readLog({ dataDir }, pairs), views });
    const { lost, doubled } = verdict;
    tally.add(new Map([...faults].map((fault) => [fault, 0])), { acked: 0, lost, doubled });
    return verdict;
  } finally {
    await people.close();
    await Promise.all([...processes].map((each) => each.kill()));
  }
}

/** How the next death is to come. */
type Plan = { readonly fault: string; readonly orders: readonly FailpointOrder[]; readonly afterMs: number };

function planned(random: () => number, place?: Place): Plan {
  const [at, fault] = place ? ([place, kill] as const) : deaths[Math.floor(random() * deaths.length)]!;
  const nth = 1 + Math.floor(random() * 40);
  if (at === 'anywhere') return { fault, orders: [], afterMs: 100 + random() * 500 };
  // Should nobody come by there, it is killed after a while all the same.
  return { fault, orders: [{ at, nth, action: 'kill' }], afterMs: 5_000 };
}

/** @returns whether it died as it was planned */
async function death(server: FaultServer, { orders, afterMs }: Plan): Promise<boolean> {
  const patience = new AbortController();
  const inTime = server.ended.then(() => true);
  const died = await Promise.race([inTime, pause(afterMs, false, { signal: patience.signal })]);
  patience.abort();
  await server.kill();
  return died || orders.length === 0;
}
