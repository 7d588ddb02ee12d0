import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import type { ChatClientOptions } from '../../../src/client/options.js';
import { createServer } from '../../../src/server/create-server.js';
import type { RunningServer, ServerOptions } from '../../../src/server/server-options.js';
import { TcpProxy } from '../../helpers/tcp-proxy.js';

const app = { key: 'key', secret: 'a secret that is long enough to sign tokens with' };

/** A real server with a real store, a network in front of it that can fail, and clients; all gone after `close`. */
export class World {
  readonly dataDir: string;
  readonly #options: Partial<ServerOptions>;
  readonly #clients = new Set<ChatClient>();
  server: RunningServer;
  readonly proxy: TcpProxy;

  private constructor(dataDir: string, options: Partial<ServerOptions>, server: RunningServer, proxy: TcpProxy) {
    this.dataDir = dataDir;
    this.#options = options;
    this.server = server;
    this.proxy = proxy;
  }

  static async open(options: Partial<ServerOptions> = {}): Promise<World> {
    const dataDir = await mkdtemp(join(tmpdir(), 'im-client-'));
    const server = await createServer({ app, dataDir, origins: 'any', ...options });
    return new World(dataDir, options, server, await TcpProxy.start(server.port));
  }

  /** A client whose way to the server leads through the proxy; not connected yet. */
  make(account: string, options: Partial<ChatClientOptions> = {}): ChatClient {
    const client = new ChatClient({
      server: `http://127.0.0.1:${this.proxy.port}`,
      account,
      getToken: () => this.token(account),
      cache: 'memory',
      WebSocket: WebSocket,
      ...options,
    });
    this.#clients.add(client);
    return client;
  }

  connect(account: string, options: Partial<ChatClientOptions> = {}): ChatClient {
    const client = this.make(account, options);
    client.connect();
    return client;
  }

  /** @param ttlS seconds */
  async token(account: string, ttlS = 3_600): Promise<string> {
    const exp = Math.floor(Date.now() / 1_000) + ttlS;
    return new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account)
      .setExpirationTime(exp)
      .sign(new TextEncoder().encode(app.secret));
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  /** The same server again, on the same port, with the same store. */
  async start(): Promise<void> {
    const { port } = this.server;
    this.server = await createServer({
      app,
      dataDir: this.dataDir,
      origins: 'any',
      ...this.#options,
      port,
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => client.close()));
    await this.proxy.close();
    await this.server.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
