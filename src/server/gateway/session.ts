import type { ClientFrame, ServerFrame } from '../../protocol/frames.js';
import { closeCodes, errorCodes } from '../../protocol/codes.js';
import { decodeClientFrame, ProtocolError } from '../../protocol/decode.js';
import { encodeFrame } from '../../protocol/encode.js';
import { limits } from '../../protocol/limits.js';
import type { Credential, Identity } from '../auth/authenticator.js';
import { asChatError, ChatError } from '../chat/chat-error.js';
import { dispatch } from './commands/commands.js';
import type { Outgoing } from './outgoing.js';
import type { GatewayServices } from './services.js';
import { TokenBucket } from './token-bucket.js';
import { Turns } from './turns.js';

/** `new` until `hello`, `greeting` while its token is checked, then `live` to the end. */
type Phase = 'new' | 'greeting' | 'live' | 'ended';

/** A live event that waits for the end of a resume; `at` is its place in a log, where it has one. */
type Held = { readonly data: string | Buffer; readonly at?: LogPlace };
type LogPlace = { readonly conversation: number; readonly seq: number };

/** Bytes that cost as much as one more frame. */
const bytesPerToken = 8_192;

/** One connection: reads frames, hands each to its command, answers what went wrong with it. */
export class Session {
  account = '';
  /** `device` and `tab` of its `hello`: a second connection of the same tab takes the place of the first. */
  tab = '';
  watched: readonly string[] = [];
  /** The last list that was asked for: of two that are looked into at once, the later one holds. */
  watches: readonly string[] = [];
  lastHeard: number;
  pingedAt: number;
  /** When the connection ends for want of a `hello` or of a fresh token, ms since 1970. */
  endsAt: number;
  /** What it was opened, or last refreshed, with. */
  credential: Credential | undefined;
  readonly #services: GatewayServices;
  readonly #frames: TokenBucket;
  readonly #sends: TokenBucket;
  readonly #pages: Turns;
  readonly #greeted: () => void;
  #phase: Phase = 'new';
  #held: Held[] | undefined;
  #refusals = 0;

  constructor(
    services: GatewayServices,
    readonly connection: string,
    readonly out: Outgoing,
    /** Of the page; `undefined` for a program. */
    readonly origin: string | undefined,
    /** Called when a token was accepted. */
    greeted: () => void,
  ) {
    const { clock, tuning } = services;
    const now = clock.now();
    this.#services = services;
    this.#greeted = greeted;
    this.#frames = new TokenBucket(tuning.frames, now);
    this.#sends = new TokenBucket(tuning.sendsPerConnection, now);
    this.#pages = new Turns(tuning.pagesAtOnce);
    this.lastHeard = now;
    this.pingedAt = now;
    this.endsAt = now + tuning.helloMs;
  }

  get phase(): Phase {
    return this.#phase;
  }

  set phase(phase: Phase) {
    if (this.#phase !== 'ended') this.#phase = phase;
  }

  send(frame: ServerFrame): void {
    this.out.send(encodeFrame(frame));
  }

  /** A token was accepted: from here to its end the connection is this account's. */
  admit({ account, credential, endsAt }: Identity): void {
    this.account = account.account;
    this.credential = credential;
    this.endsAt = endsAt;
    this.#greeted();
  }

  /** Milliseconds until this connection may send again; 0: it may now. */
  sendWait(now: number): number {
    return this.#sends.take(1, now);
  }

  /** What the client must not miss. Waits while a resume is written. */
  deliver(data: string | Buffer, at?: LogPlace): void {
    if (!this.#held) return this.out.send(data);
    if (this.#held.length >= this.#services.tuning.resumeBuffer)
      return this.out.bye(closeCodes.slow, 'slow: too much happened while the resume was written');
    this.#held.push({ data, ...(at && { at }) });
  }

  /** What the client may miss: typing, presence. */
  offer(data: string | Buffer): void {
    if (!this.#held) this.out.offer(data);
  }

  /** Holds live events back until `release`. */
  hold(): void {
    this.#held = [];
  }

  /** Lets the held events go, but for those of a log that were sent already: `sentTo` has each conversation's last `seq`. */
  release(sentTo: ReadonlyMap<number, number>): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { data, at } of held) if (!at || at.seq > (sentTo.get(at.conversation) ?? 0)) this.out.send(data);
  }

  /** One WebSocket message. Never throws. */
  receive(data: Buffer, isBinary: boolean): void {
    if (!this.out.open) return;
    const now = this.#services.clock.now();
    this.lastHeard = now;
    if (isBinary) return this.out.bye(closeCodes.badFrame, 'a frame is a JSON text, not binary');
    if (data.length > limits.frameBytes)
      return this.out.bye(closeCodes.tooBig, `the frame is larger than ${limits.frameBytes} bytes`);
    const waitMs = this.#frames.take(1 + data.length / bytesPerToken, now);
    let frame: ClientFrame;
    try {
      frame = decodeClientFrame(data.toString());
    } catch (error) {
      return this.#misspelt(error as ProtocolError);
    }
    if (waitMs > 0) return this.refuse(frame, tooFrequent(waitMs));
    if (
      this.#phase === 'live' ||
      frame.t === 'ping' ||
      frame.t === 'pong' ||
      (this.#phase === 'new' && frame.t === 'hello')
    )
      return this.#run(frame);
    this.out.bye(closeCodes.badFrame, 'the first frame is hello, and nothing else comes before its welcome');
  }

  /**
   * Answers a frame with something big: a few at once, and none before the client has read what went before. So what a client asks for
   * and does not read stays small, and nobody waits for it at a shutdown.
   */
  answerInTurn(frame: ClientFrame, answer: () => Promise<string>): void {
    if (this.#pages.waiting >= this.#services.tuning.pagesWaiting)
      throw new ChatError(errorCodes.tooFrequent, 'read what you asked for first', 1_000);
    const run = async (): Promise<void> => {
      await this.out.drained();
      if (this.out.open) this.out.sendRequested(await answer());
    };
    this.#pages.run(run).catch((error: unknown) => this.#failed(frame, error));
  }

  /** Tells the client that one of its frames was not carried out. */
  refuse(about: Correlation, error: ChatError): void {
    const { code, message, afterMs } = error;
    this.#services.metrics.refused.inc({ code });
    if (++this.#refusals > this.#services.tuning.refusals)
      return this.out.bye(closeCodes.tooFrequent, 'too many frames were refused', 5_000);
    const wait = afterMs !== undefined && { afterMs };
    if (posts.has(about.t) && about.idClient !== undefined)
      this.send({ t: 'nack', idClient: about.idClient, code, message, retry: afterMs !== undefined, ...wait });
    else this.send({ t: 'error', ...(about.r !== undefined && { r: about.r }), code, message, ...wait });
  }

  #run(frame: ClientFrame): void {
    const { inFlight } = this.#services;
    try {
      const running = dispatch(this.#services, this, frame);
      this.#refusals = 0;
      if (!running) return;
      inFlight.begin();
      running.then(
        () => inFlight.end(),
        (error: unknown) => {
          this.#failed(frame, error);
          inFlight.end();
        },
      );
    } catch (error) {
      this.#failed(frame, error);
    }
  }

  #failed(frame: ClientFrame, error: unknown): void {
    const told = asChatError(error);
    if (told.code === errorCodes.serverError)
      this.#services.logger.error({ err: error, frame: frame.t, connection: this.connection }, 'a frame failed');
    this.refuse(frame, told);
  }

  /** A frame that can be told from others is refused alone; after one that cannot be read, nothing can be trusted. */
  #misspelt({ kind, message, about }: ProtocolError): void {
    if (kind === 'too-big') return this.out.bye(closeCodes.tooBig, message);
    if (this.#phase !== 'live' || kind === 'not-json' || kind === 'too-deep')
      return this.out.bye(closeCodes.badFrame, message);
    this.refuse(about, new ChatError(kind === 'bad-field' ? errorCodes.badParameter : errorCodes.badProtocol, message));
  }
}

/** Answered by `ack` or `nack`. */
const posts: ReadonlySet<string | undefined> = new Set(['send', 'act', 'forward']);

type Correlation = { readonly t?: string; readonly r?: number; readonly idClient?: string };

function tooFrequent(afterMs: number): ChatError {
  return new ChatError(errorCodes.tooFrequent, 'too many frames: wait', afterMs);
}
