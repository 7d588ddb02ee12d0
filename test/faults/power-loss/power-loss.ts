import { cp } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { check, type Verdict } from '../check.js';
import { FaultServer } from '../helpers/fault-server.js';
import { pairs, People } from '../helpers/people.js';
import { randomOf } from '../../helpers/random-of.js';
import { readLog } from '../helpers/read-log.js';
import type { Tally } from '../tally.js';
import { diskEnvironment } from './shim.js';

export type PowerLoss = {
  readonly shim: string;
  readonly seed: number;
  readonly cuts: number;
  /** An empty directory of its own. */
  readonly directory: string;
  readonly tally: Tally;
  readonly onCut?: () => void;
};

/**
 * People write, the power goes, and the server comes back on what the disk holds: what was synced, and whatever else got there by
 * chance. In the end all is compared with what was sent.
 */
export async function powerLoss({ shim, seed, cuts, directory, tally, onCut }: PowerLoss): Promise<Verdict> {
  const random = randomOf(seed);
  const place = (i: number): string => join(directory, String(i));
  mkdirSync(place(0));
  let server: FaultServer | undefined;
  let people: People | undefined;
  try {
    for (let i = 0; i <= cuts; i++) {
      // The last one is not cut: on it everybody comes to rest.
      const [files, disk] = [place(i), place(i + 1)];
      await cp(files, disk, { recursive: true });
      const from = performance.now();
      const before = people?.acked ?? 0;
      const port = server?.port ?? 0;
      server = new FaultServer(diskEnvironment({ shim, files, disk, seed: seed * 1_000 + i }));
      await server.start({ dataDir: files, port });
      if (people) await people.converged();
      else await (people = new People(server.url, random)).connect();
      const ms = performance.now() - from;
      if (i === 0) people.write();
      if (i === cuts) break;
      await pause(100 + random() * 300);
      await server.kill();
      tally.add(
        new Map([['F26 (power cut)', 1]]),
        { acked: people.acked - before, lost: 0, doubled: 0 },
        i > 0 ? ms : undefined,
      );
      onCut?.();
    }
    await people!.rest();
    const views = await people!.views();
    await people!.close();
    await server!.kill();
    const verdict = check({
      sends: people!.history.sends,
      log: await readLog({ dataDir: place(cuts + 1) }, pairs),
      views,
    });
    tally.add(new Map([['F26 (power cut)', 0]]), { ...verdict, acked: 0 });
    return verdict;
  } finally {
    await people?.close();
    await server?.kill();
  }
}

/** One power cut of a disk that acknowledges a sync and does nothing. @returns what the disk lacks of what was acked */
export async function lyingDisk(shim: string, directory: string): Promise<Verdict> {
  const [files, disk] = [join(directory, 'files'), join(directory, 'disk')];
  for (const each of [files, disk]) mkdirSync(each);
  const server = await FaultServer.start(
    { dataDir: files },
    diskEnvironment({ shim, files, disk, seed: 1, lies: true }),
  );
  const people = new People(server.url, randomOf(1));
  try {
    await people.connect();
    people.write();
    while (people.acked < 50) await pause(20);
    await server.kill();
    await people.close();
    const acked = people.history.sends.filter(({ end }) => end.kind === 'ok');
    return check({ sends: acked, log: await readLog({ dataDir: disk }, pairs), views: [] });
  } finally {
    await people.close();
    await server.kill();
  }
}
