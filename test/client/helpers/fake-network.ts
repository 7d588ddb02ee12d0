import type { WebSocketConstructor, WebSocketLike } from '../../../src/client/options.js';
import { decodeClientFrame } from '../../../src/protocol/decode.js';
import { encodeFrame } from '../../../src/protocol/encode.js';
import type { ClientFrame, ClientFrameOf, ServerFrame, ServerFrameOf } from '../../../src/protocol/frames.js';
import { settle } from './fake-clock.js';

type Handler = ((event: never) => void) | null;

/** The other end of a socket, in the test's hand. What the client sends is decoded as the real server would. */
export class FakeSocket implements WebSocketLike {
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  readonly sent: ClientFrame[] = [];
  closedByClient = false;

  constructor(readonly url: string) {}

  send(data: string): void {
    this.sent.push(decodeClientFrame(data));
  }

  close(): void {
    this.closedByClient = true;
    this.readyState = 3;
  }

  /** The server takes the connection. */
  async accept(): Promise<void> {
    this.readyState = 1;
    this.onopen?.({} as never);
    await settle();
  }

  async push(...frames: ServerFrame[]): Promise<void> {
    for (const frame of frames) this.onmessage?.({ data: encodeFrame(frame) } as never);
    await settle();
  }

  async pushText(data: string): Promise<void> {
    this.onmessage?.({ data } as never);
    await settle();
  }

  /** The link ends from the other side. */
  async end(code = 1006, reason = ''): Promise<void> {
    this.readyState = 3;
    this.onclose?.({ code, reason } as never);
    await settle();
  }

  of<T extends ClientFrame['t']>(t: T): ClientFrameOf<T>[] {
    return this.sent.filter((frame) => frame.t === t) as ClientFrameOf<T>[];
  }

  last<T extends ClientFrame['t']>(t: T): ClientFrameOf<T> | undefined {
    return this.of(t).at(-1);
  }
}

/** Makes scripted sockets where the client would make real ones. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  readonly WebSocket: WebSocketConstructor;

  constructor() {
    const { sockets } = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    };
  }

  /** The newest socket. */
  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}

export const welcome = (change: Partial<ServerFrameOf<'welcome'>> = {}): ServerFrameOf<'welcome'> => ({
  t: 'welcome',
  account: 'alice',
  profile: { account: 'alice', name: 'Alice' },
  connection: 'c1',
  epoch: 'e1',
  u: 0,
  heartbeatMs: 25_000,
  ttlS: 0,
  time: 0,
  limits: { text: 5_000, frameBytes: 65_536, custom: 1_024 },
  ...change,
});
