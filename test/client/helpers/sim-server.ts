import { decodeClientFrame } from '../../../src/protocol/decode.js';
import { encodeFrame } from '../../../src/protocol/encode.js';
import type { ClientFrame, ClientFrameOf, ServerFrame } from '../../../src/protocol/frames.js';
import type { ConversationInfo, LogEvent } from '../../../src/protocol/model.js';
import type { WebSocketConstructor, WebSocketLike } from '../../../src/client/options.js';
import type { FakeClock } from './fake-clock.js';

type Handler = ((event: never) => void) | null;

/** How much goes wrong: chances between 0 and 1, delays in ms. */
export type Weather = {
  delay: number;
  /** A published event does not reach a session: fan-out is a hint. */
  hintLost: number;
  hintTwice: number;
  /** The link breaks at a frame, which is lost with everything after it. */
  cut: number;
  busy: number;
};
export const calm: Weather = { delay: 5, hintLost: 0, hintTwice: 0, cut: 0, busy: 0 };

/** The server's promises in a hundred lines, over links that break, in a test's own time and chance. Two people, one conversation. */
export class SimServer {
  readonly log: Extract<LogEvent, { kind: 'message' }>[] = [];
  readonly sessions = new Set<SimSocket>();
  weather: Weather = calm;
  readonly #clock: FakeClock;
  readonly #random: () => number;

  constructor(clock: FakeClock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  socketFor(account: string): WebSocketConstructor {
    const connect = (socket: SimSocket): void => this.#connect(socket);
    const receive = (socket: SimSocket, data: string): void => this.#receive(socket, decodeClientFrame(data));
    return class extends SimSocket {
      constructor() {
        super(account, receive);
        connect(this);
      }
    };
  }

  /** What the comparison of heads with the log does every few seconds: whoever lacks the end gets it. */
  checkHeads(): void {
    for (const session of this.sessions) {
      const event = this.log.at(-1);
      if (session.live && event) this.#push(session, { t: 'event', cid: this.#cid(session), event });
    }
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #connect(socket: SimSocket): void {
    this.#clock.setTimeout(() => {
      this.sessions.add(socket);
      socket.open();
    }, this.#delay());
  }

  #delay(): number {
    return this.#random() * this.weather.delay;
  }

  #cut(session: SimSocket): void {
    this.sessions.delete(session);
    session.live = false;
    this.#clock.setTimeout(() => session.end(), this.#delay());
  }

  /** Frames of a link keep their order, whatever their delay. */
  #push(session: SimSocket, frame: ServerFrame): void {
    if (!this.sessions.has(session)) return;
    if (this.chance(this.weather.cut)) return this.#cut(session);
    session.due = Math.max(session.due, this.#clock.now() + this.#delay());
    this.#clock.setTimeout(() => session.deliver(frame), session.due - this.#clock.now());
  }

  #receive(session: SimSocket, frame: ClientFrame): void {
    if (!this.sessions.has(session)) return;
    if (this.chance(this.weather.cut)) return this.#cut(session);
    session.arrives = Math.max(session.arrives, this.#clock.now() + this.#delay());
    this.#clock.setTimeout(() => this.#handle(session, frame), session.arrives - this.#clock.now());
  }

  #handle(session: SimSocket, frame: ClientFrame): void {
    switch (frame.t) {
      case 'hello':
        return this.#welcome(session, frame);
      case 'send':
        return this.#store(session, frame);
      case 'ping':
        return this.#push(session, { t: 'pong' });
      case 'conversation':
        return this.#push(session, { t: 'conversation', r: frame.r, conversation: this.#info(session) });
      case 'get': {
        const head = this.log.length;
        const to = Math.min(frame.to ?? (frame.before ?? Infinity) - 1, head);
        const from = frame.from ?? Math.max(1, to - (frame.limit ?? 50) + 1);
        const events = this.log.slice(from - 1, to);
        return this.#push(session, { t: 'page', r: frame.r, cid: frame.cid, from, to, head, events });
      }
      default:
        return;
    }
  }

  #welcome(session: SimSocket, { account, resume }: ClientFrameOf<'hello'>): void {
    const limits = { text: 5_000, frameBytes: 65_536, custom: 1_024 };
    const rest = { connection: 'c', epoch: 'e', u: 0, heartbeatMs: 0, ttlS: 0, time: 0, limits };
    this.#push(session, { t: 'welcome', account, profile: { account }, ...rest });
    const head = resume?.heads[0]?.[1];
    const from = head === undefined || this.log.length - head > 30 ? Math.max(1, this.log.length - 9) : head + 1;
    const gap = from > (head ?? 0) + 1;
    if (head !== this.log.length && this.log.length > 0) {
      const events = this.log.slice(from - 1);
      this.#push(session, {
        t: 'sync',
        conversation: this.#info(session),
        from,
        to: this.log.length,
        ...(gap && { gap }),
        events,
      });
    }
    this.#push(session, { t: 'synced', u: 0, more: false });
    session.live = true;
  }

  /** Stores, then acks, then publishes; each may be the last thing that happens. */
  #store(session: SimSocket, { t: _, resend: _r, cid: _c, idClient, type, ...body }: ClientFrameOf<'send'>): void {
    if (this.chance(this.weather.busy))
      return this.#push(session, { t: 'nack', idClient, code: 503, message: 'busy', retry: true, afterMs: 50 });
    const known = this.log.find(({ message }) => message.idClient === idClient && message.from === session.account);
    const seq = known?.seq ?? this.log.length + 1;
    const message = { id: `i${seq}`, idClient, type, from: session.account, time: seq, ...body };
    const event = known ?? ({ kind: 'message', seq, n: seq, message } as const);
    if (!known) this.log.push(event);
    const cid = this.#cid(session);
    this.#push(session, {
      t: 'ack',
      idClient,
      id: message.id,
      cid,
      seq,
      n: seq,
      time: seq,
      ...(known && { dup: true }),
    });
    for (const other of this.sessions) {
      if (known || other === session || !other.live || this.chance(this.weather.hintLost)) continue;
      this.#push(other, { t: 'event', cid: this.#cid(other), event });
      if (this.chance(this.weather.hintTwice)) this.#push(other, { t: 'event', cid: this.#cid(other), event });
    }
  }

  #cid({ account }: SimSocket): string {
    return account === 'alice' ? 'p2p-bob' : 'p2p-alice';
  }

  #info(session: SimSocket): ConversationInfo {
    const id = this.#cid(session);
    const unread = this.log.filter(({ message }) => message.from !== session.account).length;
    const counters = { updateTime: this.log.length, lastSeq: this.log.length, unread, readSeq: 0 };
    return { id, scene: 'p2p', to: id.slice(4), name: id.slice(4), pinned: false, muted: false, ...counters };
  }
}

class SimSocket implements WebSocketLike {
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  /** Greeted: events are published to it. */
  live = false;
  /** When the last frame of each direction gets there. */
  due = 0;
  arrives = 0;
  readonly #receive: (socket: SimSocket, data: string) => void;

  constructor(
    readonly account: string,
    receive: (socket: SimSocket, data: string) => void,
  ) {
    this.#receive = receive;
  }

  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  send(data: string): void {
    this.#receive(this, data);
  }

  close(): void {
    this.readyState = 3;
    this.live = false;
  }

  deliver(frame: ServerFrame): void {
    if (this.readyState === 1 && !this.ended) this.onmessage?.({ data: encodeFrame(frame) } as never);
  }

  ended = false;

  end(): void {
    this.ended = true;
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code: 1006, reason: '' } as never);
  }
}
