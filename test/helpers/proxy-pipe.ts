import type { Socket } from 'node:net';

/** What happens to the bytes of one direction. */
export type Fault = {
  /** Milliseconds that every chunk waits. */
  readonly delayMs?: number;
  readonly bytesPerSecond?: number;
  /** Swallows the bytes; nobody sees an end, as with a cable pulled somewhere on the way. */
  readonly blackhole?: boolean;
  /** After this many bytes of the connection the rest is dropped and both ends are reset. */
  readonly cutAfter?: number;
};

/** One direction of a proxied connection: reads, waits as long as the fault says, writes. */
export class ProxyPipe {
  /** Bytes written to the far end. */
  passed = 0;
  /** Whether bytes, or the end, were swallowed: the stream has a hole and can never be right again. */
  lossy = false;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #cut: () => void;
  #fault: Fault;
  #queue: Promise<void> = Promise.resolve();

  constructor(from: Socket, to: Socket, fault: Fault, cut: () => void) {
    this.#from = from;
    this.#to = to;
    this.#fault = fault;
    this.#cut = cut;
    from.on('data', (bytes: Buffer) => this.#enqueue(() => this.#pass(bytes)));
    from.on('end', () => this.#enqueue(() => this.#end()));
  }

  /** Whether news of an end passes: a blackhole carries none. */
  get silent(): boolean {
    return this.lossy || this.#fault.blackhole === true;
  }

  set(fault: Fault): void {
    this.#fault = fault;
  }

  // Backpressure comes from pausing the source while one chunk is under way.
  #enqueue(step: () => Promise<void>): void {
    this.#from.pause();
    this.#queue = this.#queue.then(step).then(() => void this.#from.resume());
  }

  async #pass(bytes: Buffer): Promise<void> {
    const { delayMs = 0, bytesPerSecond } = this.#fault;
    if (delayMs) await pause(delayMs);
    if (!bytesPerSecond) return this.#write(bytes);
    // A tenth of a second's worth at a time, so that a fault set meanwhile takes hold.
    const step = Math.max(1, Math.floor(bytesPerSecond / 10));
    for (let at = 0; at < bytes.length && !this.#to.destroyed; at += step) {
      await this.#write(bytes.subarray(at, at + step));
      await pause(100);
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    const { cutAfter = Infinity } = this.#fault;
    if (this.silent) {
      this.lossy = true;
      return;
    }
    const part = bytes.subarray(0, Math.max(0, cutAfter - this.passed));
    this.passed += part.length;
    if (!this.#to.destroyed) await new Promise<void>((written) => this.#to.write(part, () => written()));
    if (this.passed >= cutAfter) this.#cut();
  }

  async #end(): Promise<void> {
    if (this.silent) this.lossy = true;
    else if (!this.#to.destroyed) this.#to.end();
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());
