import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Acked } from './append-load.js';

const script = fileURLToPath(new URL('./append-load.ts', import.meta.url));

/** The process of `append-load.ts`. */
export class LoadProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Resolves when it holds the store. */
  static async start(dataDir: string): Promise<LoadProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const load = new LoadProcess(child, createInterface({ input: child.stdout }));
    const first = await load.#lines.next();
    if (first.value !== 'ready') throw new Error(`the load did not start: ${String(first.value)}`);
    return load;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** What it was told is stored, until `count` messages were; then, killed without warning, all that it had said before. */
  async killAfter(count: number): Promise<Acked[]> {
    const acked: Acked[] = [];
    const exit = once(this.#child, 'exit');
    for (let next = await this.#lines.next(); !next.done; next = await this.#lines.next()) {
      // Only the last line can be half a line.
      if (next.value.endsWith('}')) acked.push(JSON.parse(next.value) as Acked);
      if (acked.length === count) this.#child.kill('SIGKILL');
    }
    await exit;
    return acked;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
