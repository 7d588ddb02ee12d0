import { closeCodes, type CloseCode } from '../../protocol/codes.js';
import { encodeFrame } from '../../protocol/encode.js';
import type { Metrics } from '../metrics.js';
import type { Tuning } from '../tuning.js';
import type { Flusher } from './flusher.js';

/** The writing half of a socket of `ws`. */
export interface Writable {
  readonly bufferedAmount: number;
  send(data: string | Buffer, options: { binary: boolean }, written?: () => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** The socket below it, which gathers writes while it is corked. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

type Bounds = Pick<Tuning, 'softBuffer' | 'hardBuffer'>;

/**
 * The writing half of a connection, and its back-pressure. What waits on the socket is bounded: above the soft bound what may be lost
 * is dropped, above the hard one the connection ends, and the client resumes by cursor. Pages that the client asked for are
 * counted apart, so that a big page on a slow line is not taken for a slow reader.
 */
export class Outgoing {
  readonly #ws: Writable;
  readonly #socket: Corkable;
  readonly #flusher: Flusher;
  readonly #bounds: Bounds;
  readonly #metrics: Metrics;
  #corked = false;
  #open = true;
  #requested = 0;
  #waiting: (() => void)[] = [];

  constructor(ws: Writable, socket: Corkable, flusher: Flusher, bounds: Bounds, metrics: Metrics) {
    this.#ws = ws;
    this.#socket = socket;
    this.#flusher = flusher;
    this.#bounds = bounds;
    this.#metrics = metrics;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends what the client needs to have. */
  send(data: string | Buffer): void {
    if (!this.#open) return;
    if (this.#pressure() > this.#bounds.hardBuffer) this.bye(closeCodes.slow, 'slow: too much waits to be read');
    else this.#write(data);
  }

  /** Sends what may be lost: typing, presence. */
  offer(data: string | Buffer): void {
    if (!this.#open) return;
    if (this.#pressure() > this.#bounds.softBuffer) this.#metrics.dropped.inc();
    else this.#write(data);
  }

  /** Sends what the client asked for. */
  sendRequested(text: string): void {
    if (!this.#open) return;
    const data = Buffer.from(text);
    this.#requested += data.length;
    this.#write(data, () => {
      this.#requested -= data.length;
      if (this.#requested <= this.#bounds.softBuffer) this.#wake();
    });
  }

  /** Whether much of what the client asked for waits to be read. */
  get full(): boolean {
    return this.#open && this.#requested > this.#bounds.softBuffer;
  }

  /** Resolves when little of what was asked for waits to be read, or the connection has ended. */
  async drained(): Promise<void> {
    while (this.full) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Says why, and closes with the same code. */
  bye(code: CloseCode, message: string, afterMs?: number): void {
    if (!this.#open) return;
    this.#write(encodeFrame({ t: 'bye', code, message, ...(afterMs !== undefined && { afterMs }) }));
    this.#metrics.closed.inc({ code });
    this.ended();
    this.#ws.close(code, message.slice(0, 100));
  }

  /** Ends a connection on which nobody answers. */
  terminate(): void {
    this.ended();
    this.#ws.terminate();
  }

  /** Nothing is written after this. */
  ended(): void {
    this.#open = false;
    this.#wake();
  }

  uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  #pressure(): number {
    if (this.#ws.bufferedAmount - this.#requested <= this.#bounds.softBuffer) return 0;
    // What only waits for the end of this turn is not yet pressure.
    this.uncork();
    return this.#ws.bufferedAmount - this.#requested;
  }

  #write(data: string | Buffer, written?: () => void): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      this.#flusher.add(this);
    }
    this.#ws.send(data, { binary: false }, written);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
