import type { WebSocketLike } from '../../../src/client/options.js';
import type { ServerSocket } from '../../../src/server/gateway/gateway.js';
import type { Host } from './host.js';

type Handler = ((event: never) => void) | null;
type Listeners = {
  message: (data: Buffer, isBinary: boolean) => void;
  close: () => void;
  error: (error: Error) => void;
};
export type Way = 'up' | 'down';

/** How the network treats what goes over a line. */
export interface Carrier {
  now(): number;
  /** How long the next packet takes, ms. */
  delay(): number;
  later(ms: number, run: () => void): void;
  /** What becomes of a frame that is about to leave: so many copies arrive; `cut` breaks the line instead. */
  fate(line: Line, way: Way, frame: string): number | 'cut';
  onEnd(line: Line): void;
}

/** One connection, both its ends: packets keep their order, whatever they take, and a hole holds them back as TCP would. */
export class Line {
  readonly client: ClientEnd;
  readonly server: ServerEnd;
  readonly holes = new Set<Way>();
  readonly #carrier: Carrier;
  readonly #stalled = { up: [] as (() => void)[], down: [] as (() => void)[] };
  readonly #due = { up: 0, down: 0 };
  #broken = false;
  #serverHost: Host | undefined;

  constructor(
    carrier: Carrier,
    readonly host: Host,
    client: ClientEnd,
  ) {
    this.#carrier = carrier;
    this.client = client;
    this.server = new ServerEnd(this);
  }

  get broken(): boolean {
    return this.#broken;
  }

  get serverHost(): Host | undefined {
    return this.#serverHost;
  }

  /** The server's process has taken it. */
  taken(by: Host): void {
    this.#serverHost = by;
    this.put('down', () => this.client.opened());
  }

  frame(way: Way, text: string, written?: () => void): void {
    const fate = this.#broken ? 0 : this.#carrier.fate(this, way, text);
    if (fate === 'cut') return;
    for (let copy = 0; copy < fate; copy++)
      this.put(way, () => {
        if (way === 'up') this.server.receive(text);
        else this.client.receive(text);
        written?.();
      });
    if (fate === 0) written?.();
  }

  /** Delivers at the other end, after everything that went the same way before. */
  put(way: Way, deliver: () => void): void {
    if (this.#broken) return;
    if (this.holes.has(way)) return void this.#stalled[way].push(deliver);
    const now = this.#carrier.now();
    this.#due[way] = Math.max(this.#due[way], now + this.#carrier.delay());
    this.#carrier.later(this.#due[way] - now, () => {
      if (this.#broken) return;
      if (this.holes.has(way)) this.#stalled[way].push(deliver);
      else this.#at(way, deliver);
    });
  }

  /** What waited in a hole goes on, in its order. */
  closeHoles(): void {
    this.holes.clear();
    for (const way of ['up', 'down'] as const)
      for (const deliver of this.#stalled[way].splice(0))
        this.#carrier.later(0, () => {
          if (!this.#broken) this.#at(way, deliver);
        });
  }

  /** Breaks it; what is under way is lost. @param told the ends that learn of it, each after a while */
  break(...told: Way[]): void {
    this.#broken = true;
    this.tell(...told);
  }

  /** An end learns that the line broke: the client by `down`, the server by `up`. */
  tell(...told: Way[]): void {
    for (const way of told)
      this.#carrier.later(this.#carrier.delay(), () =>
        this.#at(way, () => (way === 'up' ? this.server.ended() : this.client.ended(1006, ''))),
      );
  }

  /** Both ends have let it go. */
  over(): void {
    if (this.client.readyState === 3 && (this.server.over || !this.#serverHost)) this.#carrier.onEnd(this);
  }

  #at(way: Way, deliver: () => void): void {
    if (way === 'down') this.host.run(deliver);
    else if (this.#serverHost) this.#serverHost.run(deliver);
    else deliver();
  }
}

/** The page's end. */
export class ClientEnd implements WebSocketLike {
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  #line: Line | undefined;

  protected attach(line: Line): void {
    this.#line = line;
  }

  send(data: string): void {
    if (this.readyState === 1) this.#line?.frame('up', data);
  }

  close(): void {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.#line?.put('up', () => this.#line?.server.closedByClient());
  }

  terminate(): void {
    this.ended(1006, '');
  }

  opened(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  receive(data: string): void {
    if (this.readyState === 1) this.onmessage?.({ data } as never);
  }

  ended(code: number, reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason } as never);
    this.#line?.over();
  }
}

/** The server's end: what of a `ws` socket, and of the socket below it, a connection uses. */
export class ServerEnd implements ServerSocket {
  bufferedAmount = 0;
  over = false;
  readonly #line: Line;
  readonly #listeners: Partial<Listeners> = {};
  #closing = false;

  constructor(line: Line) {
    this.#line = line;
  }

  on<K extends keyof Listeners>(event: K, listener: Listeners[K]): void {
    this.#listeners[event] = listener;
  }

  send(data: string | Buffer, _options: { binary: boolean }, written?: () => void): void {
    if (this.over || this.#closing) return;
    const text = data.toString();
    this.bufferedAmount += text.length;
    this.#line.frame('down', text, () => {
      this.bufferedAmount -= text.length;
      written?.();
    });
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#line.put('down', () => {
      this.#line.client.ended(code, reason);
      this.#line.put('up', () => this.ended());
    });
    // As `ws` does: the other side may never answer.
    this.#line.serverHost?.setTimeout(() => this.terminate(), 5_000);
  }

  terminate(): void {
    if (this.over) return;
    this.#line.put('down', () => this.#line.client.ended(1006, ''));
    this.ended();
  }

  cork(): void {
    // What is written leaves at once: each packet has a delay of its own anyway.
  }

  uncork(): void {
    // As above.
  }

  receive(text: string): void {
    if (!this.over) this.#listeners.message?.(Buffer.from(text), false);
  }

  closedByClient(): void {
    this.#line.put('down', () => this.#line.client.ended(1000, ''));
    this.ended();
  }

  ended(): void {
    if (this.over) return;
    this.over = true;
    this.#listeners.close?.();
    this.#line.over();
  }
}
