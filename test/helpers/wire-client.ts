import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import { encodeFrame } from '../../src/protocol/encode.js';
import type { ClientFrame, ClientFrameOf, ServerFrame, ServerFrameOf } from '../../src/protocol/frames.js';

/** How long a test waits for what should come. Never reached in a green run. */
const patienceMs = 10_000;

export type Hello = Partial<Omit<ClientFrameOf<'hello'>, 't'>> & { readonly token: string; readonly account: string };

/** A bare WebSocket that speaks frames, for tests of the server. Frames that came are kept until somebody expects them. */
export class WireClient {
  /** Everything that came, also what was taken already. */
  readonly all: ServerFrame[] = [];
  readonly socket: WebSocket;
  readonly #frames: ServerFrame[] = [];
  readonly #changed = new Set<() => void>();
  #close: { code: number; reason: string } | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    // A socket that the server resets tells so by its close.
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      this.all.push(frame);
      this.#frames.push(frame);
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.#close = { code, reason: reason.toString() };
      this.#wake();
    });
  }

  static async open(url: string, options: ClientOptions = {}): Promise<WireClient> {
    const client = new WireClient(new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, options));
    await once(client.socket, 'open');
    return client;
  }

  send(frame: ClientFrame): void {
    this.socket.send(encodeFrame(frame));
  }

  /** Sends what no well-behaved client would. */
  sendRaw(data: string | Buffer): void {
    this.socket.send(data);
  }

  hello(hello: Hello): void {
    this.send({ t: 'hello', v: 1, device: 'device', tab: crypto.randomUUID(), ...hello });
  }

  /** Says hello and takes everything up to `synced`. */
  async greet(hello: Hello): Promise<ServerFrameOf<'welcome'>> {
    this.hello(hello);
    const welcome = await this.expect('welcome');
    await this.expect('synced');
    return welcome;
  }

  /** Sends a text and gives its ack or nack. */
  async text(cid: string, content: string, idClient: string = crypto.randomUUID()) {
    this.send({ t: 'send', idClient, cid, type: 'text', content });
    return this.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
  }

  /** Takes the first frame of the type (for which `where` holds), waiting for it where it has not come yet. */
  expect<T extends ServerFrame['t']>(t: T, where: (frame: ServerFrameOf<T>) => boolean = () => true) {
    return this.expectAny([t], where);
  }

  async expectAny<T extends ServerFrame['t']>(
    types: readonly T[],
    where: (frame: ServerFrameOf<T>) => boolean = () => true,
  ): Promise<ServerFrameOf<T>> {
    const fits = (frame: ServerFrame): boolean => types.includes(frame.t as T) && where(frame as ServerFrameOf<T>);
    return this.#until(() => {
      const index = this.#frames.findIndex(fits);
      return index < 0 ? undefined : (this.#frames.splice(index, 1)[0] as ServerFrameOf<T>);
    }, types.join(' or '));
  }

  /** Frames of the type that came and were not taken, after the server has done with everything before. */
  async rest<T extends ServerFrame['t']>(t: T): Promise<ServerFrameOf<T>[]> {
    // What came before may take several steps, each behind a question to the store: so does this, one after the other.
    for (let step = 0; step < 4; step++) {
      this.send({ t: 'users', r: 999_999, accounts: [`nobody-${step}`] });
      await this.expect('users', ({ r }) => r === 999_999);
    }
    return this.#frames.filter((frame): frame is ServerFrameOf<T> => frame.t === t);
  }

  /** Resolves with how the connection ended. */
  closed(): Promise<{ code: number; reason: string }> {
    return this.#until(() => this.#close, 'the close');
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed();
  }

  #wake(): void {
    for (const check of [...this.#changed]) check();
  }

  #until<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = find();
        if (found === undefined && this.#close === undefined) return;
        if (found === undefined) reject(this.#missing(what));
        else resolve(found);
        clearTimeout(timer);
        this.#changed.delete(check);
      };
      const timer = setTimeout(() => {
        this.#changed.delete(check);
        reject(this.#missing(what));
      }, patienceMs);
      this.#changed.add(check);
      check();
    });
  }

  #missing(what: string): Error {
    const seen = this.all.slice(-10).map((frame) => JSON.stringify(frame).slice(0, 200));
    const end = this.#close ? ` Closed: ${this.#close.code} ${this.#close.reason}.` : '';
    return new Error(`${what} did not come.${end} The last frames:\n${seen.join('\n')}`);
  }
}
