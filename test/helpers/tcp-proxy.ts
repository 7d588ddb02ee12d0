import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { ProxyPipe, type Fault } from './proxy-pipe.js';

/** `up` is client to server, `down` server to client. */
export type Direction = 'up' | 'down';

/**
 * A TCP proxy that loses what a real network loses. A browser's own offline switch does not: it freezes an open WebSocket and
 * delivers everything afterwards. New connections are accepted under a blackhole too, and get no answer, like a dead route.
 */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #links = new Set<Link>();
  readonly #faults: Record<Direction, Fault> = { up: {}, down: {} };
  #accepting = true;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#links.size;
  }

  /** Bytes that reached the other side of the open connections. */
  bytes(direction: Direction): number {
    return [...this.#links].reduce((sum, link) => sum + link[direction].passed, 0);
  }

  /** Sets what happens to bytes from now on, on open connections and on new ones; replaces what was set before. */
  set(fault: Fault, directions: readonly Direction[] = ['up', 'down']): void {
    for (const direction of directions) {
      this.#faults[direction] = fault;
      for (const link of this.#links) link[direction].set(fault);
    }
  }

  /** Everything passes again. Connections that a blackhole ate bytes of are dead for good, since TCP promises no holes: they are reset. */
  heal(): void {
    for (const link of this.#links) if (link.up.lossy || link.down.lossy) link.reset();
    this.#accepting = true;
    this.set({});
  }

  /** Breaks every open connection, towards both ends or one. */
  reset(ends: 'both' | 'client' | 'server' = 'both'): void {
    for (const link of this.#links) link.reset(ends);
  }

  /** Breaks each connection as soon as it is made, much as a port where nothing listens. */
  refuse(): void {
    this.#accepting = false;
    this.reset();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.reset();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    if (!this.#accepting) {
      client.resetAndDestroy();
      return;
    }
    const link = new Link(
      client,
      connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true }),
      this.#faults,
    );
    this.#links.add(link);
    link.ended.then(() => this.#links.delete(link)).catch(() => {});
  }
}

/** One connection through the proxy. */
class Link {
  readonly up: ProxyPipe;
  readonly down: ProxyPipe;
  /** Resolves when both sockets are closed. */
  readonly ended: Promise<unknown>;
  readonly #client: Socket;
  readonly #server: Socket;

  constructor(client: Socket, server: Socket, faults: Record<Direction, Fault>) {
    this.#client = client;
    this.#server = server;
    const cut = (): void => this.reset();
    this.up = new ProxyPipe(client, server, faults.up, cut);
    this.down = new ProxyPipe(server, client, faults.down, cut);
    this.ended = Promise.all([
      new Promise((done) => client.on('close', done)),
      new Promise((done) => server.on('close', done)),
    ]);
    client.on('error', () => this.#hear(client, server));
    server.on('error', () => this.#hear(server, client));
  }

  reset(ends: 'both' | 'client' | 'server' = 'both'): void {
    if (ends !== 'server') this.#client.resetAndDestroy();
    if (ends !== 'client') this.#server.resetAndDestroy();
  }

  // A broken end breaks the other one too, unless the way there is a blackhole, which carries no news.
  #hear(broken: Socket, other: Socket): void {
    const pipe = broken === this.#client ? this.up : this.down;
    if (!pipe.silent) other.resetAndDestroy();
  }
}
