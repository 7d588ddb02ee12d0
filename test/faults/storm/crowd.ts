import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PerSecond } from './per-second.js';

export type CrowdOrder =
  | {
      readonly kind: 'connect';
      readonly server: string;
      readonly mint: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'reset' };
export type CrowdReport = {
  readonly connected: number;
  /** Clients that will not come back by themselves, and why. */
  readonly ended: readonly string[];
  readonly attempts: readonly (readonly [second: number, times: number])[];
};

/** Every guest has an address, which a proxy tells. */
export const addressOf = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;

const main = fileURLToPath(new URL('./crowd-main.ts', import.meta.url));

/** Many real clients, in a few processes. */
export class Crowd {
  /** Sockets that were opened, since the last `take`. */
  readonly attempts = new PerSecond();
  readonly #size: number;
  readonly #children: ChildProcess[] = [];
  readonly #reports = new Map<ChildProcess, CrowdReport>();
  readonly #changed = new Set<() => void>();

  constructor(size: number, processes: number) {
    this.#size = size;
    for (let i = 0; i < processes; i++) {
      const child = fork(main, { execArgv: ['--import', import.meta.resolve('tsx')] });
      child.on('message', (report: CrowdReport) => {
        this.#reports.set(child, report);
        for (const [second, times] of report.attempts) this.attempts.count(second, times);
        for (const changed of this.#changed) changed();
      });
      this.#children.push(child);
    }
  }

  get connected(): number {
    return [...this.#reports.values()].reduce((sum, { connected }) => sum + connected, 0);
  }

  /** Why clients gave up. */
  get ended(): readonly string[] {
    return [...this.#reports.values()].flatMap(({ ended }) => ended);
  }

  connect(server: string, mint: string): void {
    const each = Math.ceil(this.#size / this.#children.length);
    for (const [i, child] of this.#children.entries())
      child.send({
        ...{ kind: 'connect', server, mint },
        from: i * each,
        to: Math.min(this.#size, (i + 1) * each),
      } satisfies CrowdOrder);
  }

  reset(): void {
    for (const child of this.#children) child.send({ kind: 'reset' } satisfies CrowdOrder);
  }

  /** Resolves when `holds`, of which it is asked with every report. */
  async until(holds: () => boolean, limitMs: number): Promise<void> {
    const limit = Date.now() + limitMs;
    while (!holds()) {
      if (Date.now() > limit)
        throw new Error(
          `after ${limitMs / 1000} s ${this.connected} of ${this.#size} are there; ` +
            `${this.ended.length} ended: ${[...new Set(this.ended)].join('; ')}`,
        );
      await new Promise<void>((resolve) => {
        const changed = (): void => {
          this.#changed.delete(changed);
          resolve();
        };
        this.#changed.add(changed);
      });
    }
  }

  /** Resolves when everybody is connected. */
  complete(limitMs: number): Promise<void> {
    return this.until(() => this.connected === this.#size, limitMs);
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }
}
