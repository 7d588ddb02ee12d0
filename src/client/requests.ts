import { errorCodes } from '../protocol/codes.js';
import type { ClientFrame, ClientFrameOf, ServerFrameOf } from '../protocol/frames.js';
import { Timers } from './clock.js';
import { ChatError } from './errors.js';
import type { Settings } from './options.js';

/** Which frame answers which. */
type Answers = {
  get: ServerFrameOf<'page'>;
  conversation: ServerFrameOf<'conversation'>;
  list: ServerFrameOf<'list'>;
  settings: ServerFrameOf<'conversation'>;
  users: ServerFrameOf<'users'>;
  search: ServerFrameOf<'found'>;
  media: ServerFrameOf<'found'>;
  seek: ServerFrameOf<'place'>;
  files: ServerFrameOf<'files'>;
  messages: ServerFrameOf<'messages'>;
  pins: ServerFrameOf<'messages'>;
  edits: ServerFrameOf<'edits'>;
  delete: ServerFrameOf<'done'>;
  report: ServerFrameOf<'done'>;
  group: ServerFrameOf<'group'>;
  notices: ServerFrameOf<'notices'>;
};
type Kind = keyof Answers;
type Asked<K extends Kind> = Omit<ClientFrameOf<K>, 'r'>;
type Answer = Answers[Kind];

type Waiting = {
  readonly frame: Extract<ClientFrame, { r: number }>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ChatError) => void;
  refusals: number;
};

/** A refusal for the moment is taken back by itself; so often is believed. */
const patience = 5;

/** Questions and their answers. All of them can be asked twice, so one that the link took along is asked again on the next. */
export class Requests {
  readonly #settings: Settings;
  readonly #send: (frame: ClientFrame) => boolean;
  readonly #timers: Timers;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #online = false;
  #ended: ChatError | undefined;

  constructor(settings: Settings, send: (frame: ClientFrame) => boolean) {
    this.#settings = settings;
    this.#send = send;
    this.#timers = new Timers(settings.clock);
  }

  /**
   * Asks as soon as there is a link.
   * @throws {ChatError} with the server's code; 503 when it does not answer in time, or the client ended.
   */
  ask<K extends Kind>(asked: Asked<K>): Promise<Answers[K]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const r = this.reserve();
    return new Promise<Answers[K]>((resolve, reject) => {
      const waiting = {
        frame: { ...asked, r } as unknown as Waiting['frame'],
        resolve: resolve as Waiting['resolve'],
        reject,
        refusals: 0,
      };
      this.#waiting.set(r, waiting);
      if (this.#online) this.#put(r);
    });
  }

  /** A number that no other question has; for one that another tab asks over this one's link. */
  reserve(): number {
    return this.#next++;
  }

  answer(answer: Answer): void {
    this.#take(answer.r)?.resolve(answer);
  }

  refuse({ r, code, message, afterMs }: ServerFrameOf<'error'> & { r: number }): void {
    const waiting = this.#waiting.get(r);
    if (!waiting) return;
    const passing = code === errorCodes.tooFrequent || code === errorCodes.serverBusy;
    if (passing && ++waiting.refusals < patience) this.#timers.set(`${r}`, afterMs ?? 1_000, () => this.#put(r));
    else this.#take(r)?.reject(new ChatError(code, message));
  }

  online(): void {
    this.#online = true;
    for (const r of this.#waiting.keys()) this.#put(r);
  }

  /** @param final no other link will come by itself */
  offline(final?: string): void {
    this.#online = false;
    this.#timers.clear();
    this.#ended = final === undefined ? undefined : new ChatError(errorCodes.serverBusy, final);
    if (!this.#ended) return;
    for (const r of [...this.#waiting.keys()]) this.#take(r)?.reject(this.#ended);
  }

  #put(r: number): void {
    const waiting = this.#waiting.get(r);
    if (!this.#online || !waiting || !this.#send(waiting.frame)) return;
    this.#timers.set(`${r}`, this.#settings.timing.request, () =>
      this.#take(r)?.reject(new ChatError(errorCodes.serverBusy, 'the server did not answer in time')),
    );
  }

  #take(r: number): Waiting | undefined {
    const waiting = this.#waiting.get(r);
    this.#waiting.delete(r);
    this.#timers.cancel(`${r}`);
    return waiting;
  }
}
