import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/lib/server/main.js', import.meta.url));

/** The built server in a process of its own, as `npm start` runs it, on a store of its own. It can be killed and started again. */
export class DemoServer {
  readonly dataDir: string;
  /** What it logged, a JSON line each. */
  readonly log: string[] = [];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(dataDir: string, env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.#env = {
      ...process.env,
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      IM_TEST_NO_DEMO_GROUP: '1',
      ...env,
    };
  }

  /** @param env variables beside, or instead of, the usual ones */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<DemoServer> {
    const server = new DemoServer(await mkdtemp(join(tmpdir(), 'im-server-')), env);
    await server.restart();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Gone at once with SIGKILL, after a farewell with SIGTERM. Resolves when the process has ended. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Ends what runs, if it does, and starts anew: on the same port, with the same store. Resolves when it listens. */
  async restart(): Promise<void> {
    await this.kill();
    const env = { ...this.#env, PORT: String(this.#port) };
    const child = spawn(process.execPath, [main, 'serve', '--demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#port = await this.#untilListening(child);
  }

  /** A token as the demo's pages get it. */
  async token(account: string): Promise<string> {
    const response = await fetch(`${this.url}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account }),
    });
    const { token } = (await response.json()) as { token: string };
    return token;
  }

  /** Ends it and removes its store. */
  async close(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #untilListening(child: ChildProcess): Promise<number> {
    return new Promise((listening, reject) => {
      const read = (line: string): void => {
        this.log.push(line);
        const port = /listening on http:\/\/[^ ]+:(\d+)/.exec(line)?.[1];
        if (port) listening(Number(port));
      };
      createInterface(child.stdout!).on('line', read);
      createInterface(child.stderr!).on('line', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with code ${code}:\n${this.log.join('\n')}`)));
    });
  }
}
