import { ChatClient } from '../../../src/client/chat-client.js';
import type { ChatClientOptions, WebSocketConstructor, WebSocketLike } from '../../../src/client/options.js';
import { decodeClientFrame } from '../../../src/protocol/decode.js';
import { actionOf } from '../../../src/client/store/messages.js';
import { encodeFrame } from '../../../src/protocol/encode.js';
import type { ClientFrame, ClientFrameOf, ServerFrame } from '../../../src/protocol/frames.js';
import { isAction, withAction } from '../../../src/protocol/actions.js';
import type { ActionEvent, ConversationInfo, LogEvent, WireMessage } from '../../../src/protocol/model.js';

type Handler = ((event: never) => void) | null;

/**
 * A server inside the page, for what needs a real database and no real network: one log per conversation, one account. Extend it by a
 * frame in `#answer`.
 */
export class LoopServer {
  readonly WebSocket: WebSocketConstructor;
  readonly received: ClientFrame[] = [];
  readonly logs = new Map<string, LogEvent[]>();
  epoch = 'e1';
  /** Whether what is sent is stored and acked. */
  storing = true;
  sockets = 0;
  /** Whether acts are left without an answer. */
  refuseActs = false;
  /** A type of request that is answered with 404. */
  refuse: ClientFrame['t'] | undefined;
  #u = 0;
  readonly #open = new Set<LoopSocket>();
  #waiting: (frame: ClientFrame) => unknown = () => undefined;

  constructor() {
    const connect = (socket: LoopSocket): void => {
      this.sockets++;
      this.#open.add(socket);
      queueMicrotask(() => socket.open());
    };
    const receive = (socket: LoopSocket, frame: ClientFrame): void => {
      this.received.push(frame);
      this.#waiting(frame);
      queueMicrotask(() => socket.push(this.#answer(frame)));
    };
    const leave = (socket: LoopSocket): void => {
      this.sockets--;
      this.#open.delete(socket);
    };
    this.WebSocket = class extends LoopSocket {
      constructor() {
        super(receive, leave);
        connect(this);
      }
    };
  }

  /** A client of this server, on the real IndexedDB, as a tab of its own. */
  client(options: Partial<ChatClientOptions> & { server: string }): ChatClient {
    return new ChatClient({ account: 'alice', token: 'token', WebSocket: this.WebSocket, ...options });
  }

  of<T extends ClientFrame['t']>(t: T): ClientFrameOf<T>[] {
    return this.received.filter((frame) => frame.t === t) as ClientFrameOf<T>[];
  }

  /** The next frame of that type. */
  next<T extends ClientFrame['t']>(t: T): Promise<ClientFrameOf<T>> {
    return new Promise((resolve) => {
      this.#waiting = (frame) => frame.t === t && resolve(frame as ClientFrameOf<T>);
    });
  }

  /** Bob says something, and everybody who is connected hears it. */
  say(cid: string, content: string): void {
    const log = this.#log(cid);
    const seq = log.length + 1;
    const message = { id: `i${seq}`, idClient: `client-${seq}`, type: 'text', from: 'bob', time: seq, content };
    const event: LogEvent = { kind: 'message', seq, n: seq, message };
    log.push(event);
    for (const socket of this.#open) socket.push([{ t: 'event', cid, event }]);
  }

  /** Somebody does something to a message, and everybody who is connected hears it. */
  act(cid: string, action: ActionEvent): void {
    this.#act(cid, action);
    for (const socket of this.#open) socket.push([{ t: 'event', cid, event: action }]);
  }

  #act(cid: string, action: ActionEvent): void {
    const log = this.#log(cid);
    log.push(action);
    const target = log[action.target - 1];
    if (target?.kind !== 'message') return;
    log[action.target - 1] = { ...target, message: withAction<WireMessage>(target.message, action) };
  }

  /** Ends every connection from its own side. */
  drop(code = 1006): void {
    for (const socket of [...this.#open]) socket.end(code);
  }

  fill(cid: string, count: number): void {
    const log = this.#log(cid);
    for (let seq = log.length + 1; seq <= count; seq++) {
      const message = {
        id: `i${seq}`,
        idClient: `client-${seq}`,
        type: 'text',
        from: 'bob',
        time: seq,
        content: `m${seq}`,
      };
      log.push({ kind: 'message', seq, n: seq, message });
    }
  }

  #log(cid: string): LogEvent[] {
    const log = this.logs.get(cid) ?? [];
    this.logs.set(cid, log);
    return log;
  }

  #info(cid: string): ConversationInfo {
    const lastSeq = this.#log(cid).length;
    const counters = { updateTime: lastSeq, lastSeq, unread: 0, readSeq: lastSeq };
    return { id: cid, scene: 'p2p', to: cid.slice(4), name: cid.slice(4), pinned: false, muted: false, ...counters };
  }

  #answer(frame: ClientFrame): ServerFrame[] {
    if ('r' in frame && frame.t === this.refuse) return [{ t: 'error', r: frame.r, code: 404, message: 'not found' }];
    switch (frame.t) {
      case 'hello':
        return this.#welcome(frame);
      case 'send':
        return this.storing ? [this.#store(frame)] : [];
      case 'get': {
        const log = this.#log(frame.cid);
        const to = Math.min(frame.to ?? (frame.before ?? Infinity) - 1, log.length);
        const from = frame.from ?? Math.max(1, to - (frame.limit ?? 50) + 1);
        return [{ t: 'page', r: frame.r, cid: frame.cid, from, to, head: log.length, events: log.slice(from - 1, to) }];
      }
      case 'act': {
        if (this.refuseActs) return [];
        const seq = this.#log(frame.cid).length + 1;
        this.#act(frame.cid, actionOf({ ...frame, from: 'alice' }, { seq, by: 'alice', time: seq }));
        return [{ t: 'ack', idClient: frame.idClient, id: `i${seq}`, cid: frame.cid, seq, n: 0, time: seq }];
      }
      case 'messages': {
        const events = this.#log(frame.cid).filter((event) => frame.seqs.includes(event.seq) && !isAction(event));
        return [{ t: 'messages', r: frame.r, cid: frame.cid, events }];
      }
      case 'delete':
        return [
          { t: 'user', event: { kind: 'deleted', u: ++this.#u, cid: frame.cid, seqs: frame.seqs } },
          { t: 'done', r: frame.r },
        ];
      case 'conversation':
        return [{ t: 'conversation', r: frame.r, conversation: this.#info(frame.cid) }];
      default:
        return [];
    }
  }

  #welcome({ account, resume }: ClientFrameOf<'hello'>): ServerFrame[] {
    const limits = { text: 5_000, frameBytes: 65_536, custom: 1_024 };
    const times = { u: this.#u, heartbeatMs: 25_000, ttlS: 0, time: 0 };
    const foreign = resume !== undefined && resume.epoch !== this.epoch;
    const heads = new Map(foreign ? [] : resume?.heads);
    const syncs = [...this.logs].flatMap(([cid, log]): ServerFrame[] => {
      const head = heads.get(cid);
      if (head === log.length) return [];
      const from = head === undefined ? Math.max(1, log.length - 19) : head + 1;
      return [{ t: 'sync', conversation: this.#info(cid), from, to: log.length, events: log.slice(from - 1) }];
    });
    return [
      { t: 'welcome', account, profile: { account }, connection: 'c', epoch: this.epoch, ...times, limits },
      ...(foreign ? [{ t: 'reset' } as const] : []),
      ...syncs,
      { t: 'synced', u: this.#u, more: false },
    ];
  }

  #store({ idClient, cid, type, t: _, resend: _r, ...body }: ClientFrameOf<'send'>): ServerFrame {
    const log = this.#log(cid);
    const known = log.find((event) => event.kind === 'message' && event.message.idClient === idClient);
    const seq = known?.seq ?? log.length + 1;
    const message = { id: `i${seq}`, idClient, type, from: 'alice', time: seq, ...body };
    if (!known) log.push({ kind: 'message', seq, n: seq, message });
    return { t: 'ack', idClient, id: message.id, cid, seq, n: seq, time: seq, ...(known && { dup: true }) };
  }
}

class LoopSocket implements WebSocketLike {
  readyState = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  readonly #receive: (socket: LoopSocket, frame: ClientFrame) => void;
  readonly #leave: (socket: LoopSocket) => void;

  constructor(receive: (socket: LoopSocket, frame: ClientFrame) => void, leave: (socket: LoopSocket) => void) {
    this.#receive = receive;
    this.#leave = leave;
  }

  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  send(data: string): void {
    this.#receive(this, decodeClientFrame(data));
  }

  close(): void {
    if (this.readyState !== 3) this.#leave(this);
    this.readyState = 3;
  }

  end(code: number): void {
    this.close();
    this.onclose?.({ code, reason: '' } as never);
  }

  push(frames: readonly ServerFrame[]): void {
    for (const frame of frames) if (this.readyState === 1) this.onmessage?.({ data: encodeFrame(frame) } as never);
  }
}
