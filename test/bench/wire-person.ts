import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientFrame, ServerFrame } from '../../src/protocol/frames.js';
import { token } from './app.js';

type Page = Extract<ServerFrame, { t: 'page' }>;

/** Somebody on the bare wire, without the client's cost: what is measured is the server. */
export class WirePerson {
  readonly account: string;
  /** Hears of every message that arrives, by its `idClient`. */
  delivered: (idClient: string) => void = () => {};
  readonly #socket: WebSocket;
  readonly #acks = new Map<string, () => void>();
  readonly #pages = new Map<number, (page: Page) => void>();
  #requests = 0;

  private constructor(account: string, socket: WebSocket) {
    this.account = account;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString()) as ServerFrame));
  }

  static async connect(url: string, account: string): Promise<WirePerson> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    const person = new WirePerson(account, socket);
    const hello = {
      t: 'hello',
      v: 1,
      account,
      token: await token(account),
      device: 'bench',
      tab: randomUUID(),
    } as const;
    const synced = new Promise<void>((resolve, reject) => {
      person.#onSynced = resolve;
      socket.once('close', (code, reason) => reject(new Error(`closed: ${code} ${reason.toString()}`)));
    });
    person.#write(hello);
    await synced;
    return person;
  }

  #onSynced: () => void = () => {};

  /** Resolves at the ack. */
  send(cid: string, content: string, idClient: string = randomUUID()): Promise<void> {
    const acked = new Promise<void>((resolve) => this.#acks.set(idClient, resolve));
    this.#write({ t: 'send', idClient, cid, type: 'text', content });
    return acked;
  }

  /** The newest page before `before`. */
  page(cid: string, limit: number, before?: number): Promise<Page> {
    const r = ++this.#requests;
    const answer = new Promise<Page>((resolve) => this.#pages.set(r, resolve));
    this.#write({ t: 'get', r, cid, limit, ...(before !== undefined && { before }) });
    return answer;
  }

  close(): void {
    this.#socket.removeAllListeners('close').terminate();
  }

  #write(frame: ClientFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame: ServerFrame): void {
    if (frame.t === 'ack') {
      this.#acks.get(frame.idClient)?.();
      this.#acks.delete(frame.idClient);
    } else if (frame.t === 'event') {
      if (frame.event.kind === 'message') this.delivered(frame.event.message.idClient);
    } else if (frame.t === 'page') {
      this.#pages.get(frame.r)?.(frame);
      this.#pages.delete(frame.r);
    } else if (frame.t === 'ping') this.#write({ t: 'pong' });
    else if (frame.t === 'synced') this.#onSynced();
    else if (frame.t === 'nack' || frame.t === 'error' || frame.t === 'bye')
      throw new Error(`${this.account}: ${JSON.stringify(frame)}`);
  }
}
