import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from '../../../src/server/server-options.js';
import { testApp } from '../../helpers/chat-server.js';

const main = fileURLToPath(new URL('../server-main.mjs', import.meta.url));

/** What of a server's options goes into another process. */
export type FaultServerOptions = Pick<
  ServerOptions,
  'dataDir' | 'databaseUrl' | 'port' | 'metricsPort' | 'tuning' | 'failpoints'
> & {
  /** Whose `X-Forwarded-For` counts. */
  readonly proxies?: readonly string[];
  /** How much later it is for this server than for the others. */
  readonly aheadMs?: number;
};
type Listening = { readonly port: number; readonly metricsPort?: number };

/** The built server in a process of its own: to be killed, stopped and started again. */
export class FaultServer {
  /** Resolves when the process is gone, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #listening: Listening | undefined;

  /** Loads the server; it starts with `start`. `env` is all of its environment. */
  constructor(env: Readonly<Record<string, string>> = {}) {
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    this.#child = fork(main, { execArgv, env: { PATH: process.env['PATH'] ?? '', ...env } });
    this.ended = once(this.#child, 'exit').then(() => undefined);
  }

  /** Resolves when it listens. */
  async start(options: FaultServerOptions): Promise<void> {
    this.#child.send({ app: testApp, ...options });
    const ended = this.ended.then(() => Promise.reject(new Error('the server ended before it listened')));
    [this.#listening] = (await Promise.race([once(this.#child, 'message'), ended])) as [Listening];
    ended.catch(() => undefined);
  }

  static async start(options: FaultServerOptions, env?: Readonly<Record<string, string>>): Promise<FaultServer> {
    const server = new FaultServer(env);
    await server.start(options);
    return server;
  }

  get port(): number {
    return this.#listening!.port;
  }

  get metricsPort(): number {
    return this.#listening!.metricsPort!;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The most memory that it ever had, in MiB. */
  async peakMiB(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
  }

  /** A value of `/metrics`; 0 for one that was not counted yet. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(name));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}
