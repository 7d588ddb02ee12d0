import type { Verdict } from './check.js';

/** What is counted of one row of the fault list. */
export type Count = {
  /** Its number there: `F5`. */
  readonly fault: string;
  injected: number;
  acked: number;
  lost: number;
  doubled: number;
  readonly convergeMs: number[];
};

/** Counts by fault, over all runs that provoked it, and prints them as a table. */
export class Tally {
  readonly #counts = new Map<string, Count>();

  /** A run in which each of `injected` was provoked so often; what it acked and how long it took counts for each of them. */
  add(injected: ReadonlyMap<string, number>, verdict: Pick<Verdict, 'acked' | 'lost' | 'doubled'>, ms?: number): void {
    for (const [fault, times] of injected) {
      const count = this.#of(fault);
      count.injected += times;
      count.acked += verdict.acked;
      count.lost += verdict.lost;
      count.doubled += verdict.doubled;
      if (ms !== undefined) count.convergeMs.push(ms);
    }
  }

  /** Takes in what another process counted: its `counts`, as JSON brought them. */
  merge(counts: readonly Count[]): void {
    for (const other of counts) {
      const count = this.#of(other.fault);
      count.injected += other.injected;
      count.acked += other.acked;
      count.lost += other.lost;
      count.doubled += other.doubled;
      for (const ms of other.convergeMs) count.convergeMs.push(ms);
    }
  }

  /** By the fault's number. */
  counts(): readonly Count[] {
    return [...this.#counts.values()].sort((a, b) => a.fault.localeCompare(b.fault, 'en', { numeric: true }));
  }

  table(): string {
    const head = ['fault', 'injected', 'acked', 'lost', 'doubled', 'converge p50', 'p99', 'max'];
    const rows = this.counts().map(({ fault, injected, acked, lost, doubled, convergeMs }) => {
      const times = [...convergeMs].sort((a, b) => a - b);
      const seconds = [0.5, 0.99, 1].map((share) => secondsAt(times, share));
      return [fault, injected, acked, lost, doubled, ...seconds].map(String);
    });
    const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
    return [head, ...rows]
      .map((row) =>
        row
          .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
  }

  #of(fault: string): Count {
    const count = this.#counts.get(fault) ?? { fault, injected: 0, acked: 0, lost: 0, doubled: 0, convergeMs: [] };
    this.#counts.set(fault, count);
    return count;
  }
}

function secondsAt(times: readonly number[], share: number): string {
  const ms = times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`;
}
