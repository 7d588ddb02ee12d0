import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ClientOptions } from 'ws';
import { Jwt } from '../../src/server/auth/jwt.js';
import { createServer, type RunningServer, type ServerOptions } from '../../src/server/create-server.js';
import { WireClient, type Hello } from './wire-client.js';

export const testApp = { key: 'test-key', secret: 'a-secret-of-the-tests-only' };

/** A directory of the test's own, gone after it. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'im-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A real server with a real store, on a free port. Closed after the test. */
export class ChatServer {
  readonly #options: ServerOptions;
  #running: RunningServer;

  private constructor(options: ServerOptions, running: RunningServer) {
    this.#options = options;
    this.#running = running;
  }

  static async start(t: TestContext, options: Partial<ServerOptions> = {}): Promise<ChatServer> {
    const all: ServerOptions = { app: testApp, dataDir: await temporaryDirectory(t), ...options };
    const server = new ChatServer(all, await createServer(all));
    t.after(() => server.close());
    return server;
  }

  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return this.#running.port;
  }

  get metricsPort(): number | undefined {
    return this.#running.metricsPort;
  }

  checkHeads(): Promise<void> {
    return this.#running.checkHeads();
  }

  collectFiles(): Promise<void> {
    return this.#running.collectFiles();
  }

  close(): Promise<void> {
    return this.#running.close();
  }

  /** Stops it and starts it again on the same store and another port. */
  async restart(): Promise<void> {
    await this.#running.close();
    this.#running = await createServer(this.#options);
  }

  /** A signed token, ten minutes long. */
  token(account: string, expiresS = 600): Promise<string> {
    return new Jwt(testApp.secret, () => this.#options.clock?.now() ?? Date.now()).sign(account, expiresS);
  }

  /** A bare connection, without a hello. */
  open(options?: ClientOptions): Promise<WireClient> {
    return WireClient.open(this.url, options);
  }

  /** A signed-in connection, past `synced`. */
  async connect(account: string, hello: Partial<Hello> = {}): Promise<WireClient> {
    const client = await this.open();
    await client.greet({ account, token: await this.token(account), ...hello });
    return client;
  }

  /** Signed-in connections of several accounts, which then all exist. */
  connectAll<T extends readonly string[]>(...accounts: T): Promise<{ [K in keyof T]: WireClient }> {
    return Promise.all(accounts.map((account) => this.connect(account))) as Promise<{ [K in keyof T]: WireClient }>;
  }
}
