import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';

const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
const node = [process.execPath, '--import', import.meta.resolve('tsx'), main];

type Environment = Record<string, string>;
type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** `im-elements` as a process of its own, run from the sources, with no environment but the given. */
export class ServerProcess {
  /** Lines of its log. */
  readonly log: { readonly level: number; readonly msg: string }[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;

  private constructor(command: readonly string[], env: Environment) {
    const [program, ...args] = command;
    this.#child = spawn(program!, args, {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = this.#collect();
  }

  /** Runs a command to its end. */
  static run(args: readonly string[], env: Environment = {}): Promise<Ended> {
    return new ServerProcess([...node, ...args], env).#ended;
  }

  /** Starts a server and waits until it listens. `shell` is a script that ends in `exec "$@"`, run before it. Killed after the test. */
  static async start(
    t: TestContext,
    args: readonly string[],
    env: Environment,
    shell?: string,
  ): Promise<ServerProcess> {
    const command = [...node, ...args];
    const server = new ServerProcess(shell === undefined ? command : ['bash', '-c', shell, 'bash', ...command], {
      PORT: '0',
      ...env,
    });
    t.after(() => server.kill());
    await Promise.race([
      server.#listening(),
      server.#ended.then(({ code, stderr }) => Promise.reject(new Error(`ended with ${code}: ${stderr}`))),
    ]);
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${/localhost:(\d+)/.exec(this.log[0]!.msg)![1]}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #listening(): Promise<void> {
    while (this.log.length === 0) await once(this.#child.stdout!, 'data');
  }

  async #collect(): Promise<Ended> {
    let stdout = '';
    let stderr = '';
    let rest = '';
    this.#child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    this.#child.stdout!.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines)
        if (line.startsWith('{')) this.log.push(JSON.parse(line) as { level: number; msg: string });
    });
    const [code] = (await once(this.#child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }
}
