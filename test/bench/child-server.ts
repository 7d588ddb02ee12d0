import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a server under test says of itself, by IPC. */
export type ServerReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'usage'; readonly rss: number; readonly cpuSeconds: number };

/** A server under test, in a process of its own: `im-server` or a floor, `relay-server` and `tus-server`. */
export class ChildServer {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** @param checkout another one than this, whose `im-server` and build are to run */
  static async start(name: 'im-server' | 'relay-server' | 'tus-server', checkout?: string): Promise<ChildServer> {
    const here = fileURLToPath(new URL('../..', import.meta.url));
    const root = checkout === undefined ? here : resolve(checkout);
    const child = fork(join(root, 'test/bench', `${name}.ts`), {
      cwd: root,
      execArgv: ['--expose-gc', '--import', 'tsx'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${name} ended with code ${code}`);
    });
    const [report] = (await Promise.race([once(child, 'message'), ended])) as [ServerReport];
    ended.catch(() => {});
    if (report.kind !== 'listening') throw new Error(`${name} said ${JSON.stringify(report)} first`);
    return new ChildServer(child, report.port);
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Memory in bytes, and CPU time since it started. `collect` frees first what is garbage, which takes CPU time itself. */
  async usage(ask: 'collect' | 'as-it-is' = 'as-it-is'): Promise<{ rss: number; cpuSeconds: number }> {
    const answer = once(this.#child, 'message') as Promise<[Extract<ServerReport, { kind: 'usage' }>]>;
    this.#child.send(ask);
    return (await answer)[0];
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
