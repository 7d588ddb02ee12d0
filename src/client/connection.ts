import { closeCodes, remedyOf, type CloseRemedy } from '../protocol/codes.js';
import { protocolVersion, type ClientFrame, type ServerFrame } from '../protocol/frames.js';
import type { ServerFrameOf } from '../protocol/frames.js';
import type { ConnectionState } from './api.js';
import { backoff } from './backoff.js';
import { Timers } from './clock.js';
import { UnauthorizedError } from './errors.js';
import { Heartbeat } from './heartbeat.js';
import type { Greeting, Link, LinkHandler } from './link.js';
import type { Settings } from './options.js';
import { asError } from './store/emitter.js';
import { TokenProvider } from './token-provider.js';
import { TokenRefresh } from './token-refresh.js';
import { Transport } from './transport.js';

/** Why a link ends. Without a remedy nobody wanted it to go on. */
type Ending = {
  readonly code?: number;
  readonly reason?: string;
  readonly remedy?: CloseRemedy;
  /** Not before so many ms. */
  readonly afterMs?: number;
  /** The other side does not answer any more. */
  readonly dead?: boolean;
};

/** A link that held for so long was a good one: the next attempt starts from the shortest wait. */
const stableMs = 5_000;

/** The link to the server, over a socket of its own. Three states, one way in (`#open`), one way out (`#leave`). */
export class Connection implements Link {
  readonly #settings: Settings;
  readonly #handler: LinkHandler;
  readonly #tokens: TokenProvider;
  readonly #refresh: TokenRefresh;
  readonly #heartbeat: Heartbeat;
  readonly #timers: Timers;
  #state: ConnectionState = { state: 'disconnected' };
  #attempt = 0;
  #transport: Transport | undefined;
  #opening: AbortController | undefined;
  #connectedAt: number | undefined;
  /** A token that was asked for because the last one was refused; should it be refused too, no other helps. */
  #lastHope = false;

  constructor(settings: Settings, handler: LinkHandler) {
    const { clock, timing } = settings;
    this.#settings = settings;
    this.#handler = handler;
    this.#timers = new Timers(clock);
    this.#tokens = new TokenProvider(settings);
    this.#refresh = new TokenRefresh(settings, this.#tokens, {
      sendToken: (token) => this.send({ t: 'refresh', token }),
      onRefused: (error) => this.#leave(refused(error)),
      onFault: (error) => handler.onFault(error),
    });
    this.#heartbeat = new Heartbeat({
      clock,
      probeMs: timing.probe,
      ping: () => this.send({ t: 'ping' }),
      onDead: () => this.drop('the server does not answer'),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  connect(): void {
    if (this.#state.state === 'connected') this.#heartbeat.probe();
    else if (this.#state.state === 'disconnected') {
      if (this.#state.retryAt === undefined) this.#attempt = 0;
      void this.#open();
    }
  }

  wake(): void {
    if (this.#state.state === 'connected' || this.#timers.has('retry')) this.connect();
  }

  close(): void {
    this.#leave({});
  }

  drop(reason: string): void {
    if (this.#transport) this.#leave({ reason, remedy: 'retry', dead: true });
  }

  send(frame: ClientFrame): boolean {
    return this.#connectedAt !== undefined && this.#put(frame);
  }

  #put(frame: ClientFrame): boolean {
    return this.#transport?.send(frame) ?? false;
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#handler.onState(state);
  }

  async #open(): Promise<void> {
    this.#timers.clear();
    this.#attempt++;
    const opening = (this.#opening = new AbortController());
    const { signal } = opening;
    const { code, reason } = this.#state as { code?: number; reason?: string };
    this.#setState({
      state: 'connecting',
      attempt: this.#attempt,
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason }),
    });
    if (signal.aborted) return;
    this.#timers.set('opening', this.#settings.timing.token, () =>
      this.#leave({ remedy: 'retry', reason: 'no token in time' }),
    );
    try {
      const [token, greeting] = await Promise.all([this.#tokens.get(signal), this.#handler.greeting()]);
      if (!signal.aborted) this.#dial(token, greeting);
    } catch (cause) {
      if (signal.aborted) return;
      if (cause instanceof UnauthorizedError) return this.#leave(refused(cause));
      this.#handler.onFault(asError(cause));
      this.#leave({ remedy: 'retry', reason: asError(cause).message });
    }
  }

  #dial(token: string, greeting: Greeting): void {
    const { url, WebSocket, account, timing } = this.#settings;
    this.#timers.set('opening', timing.handshake, () =>
      this.#leave({ remedy: 'retry', reason: 'the server did not answer in time', dead: true }),
    );
    this.#transport = new Transport(url, WebSocket, {
      onOpen: () => void this.#put({ t: 'hello', v: protocolVersion, token, account, ...greeting }),
      onFrame: (frame) => this.#receive(frame),
      onFault: (error) => this.#handler.onFault(error),
      onClose: (code, reason) => this.#leave({ code, reason, remedy: remedyOf(code) }),
    });
  }

  #receive(frame: ServerFrame): void {
    this.#heartbeat.heard();
    switch (frame.t) {
      case 'welcome':
        return this.#welcome(frame);
      case 'bye': {
        const { code, message, afterMs } = frame;
        return this.#leave({
          code,
          reason: message,
          remedy: remedyOf(code),
          ...(afterMs !== undefined && { afterMs }),
        });
      }
      case 'ping':
        return void this.#put({ t: 'pong' });
      case 'pong':
        return;
      case 'refreshed':
        return this.#refresh.start(frame.ttlS);
      default:
        return this.#handler.onFrame(frame);
    }
  }

  #welcome(welcome: ServerFrameOf<'welcome'>): void {
    if (welcome.account !== this.#settings.account)
      return this.#leave({ code: closeCodes.tokenInvalid, reason: 'the token is of another account', remedy: 'final' });
    this.#timers.clear();
    this.#connectedAt = this.#settings.clock.now();
    this.#lastHope = false;
    this.#heartbeat.start(welcome.heartbeatMs);
    this.#refresh.start(welcome.ttlS);
    this.#setState({ state: 'connected' });
    if (this.#connectedAt !== undefined) this.#handler.onWelcome(welcome);
  }

  #leave(ending: Ending): void {
    this.#timers.clear();
    this.#heartbeat.stop();
    this.#refresh.stop();
    this.#opening?.abort();
    this.#opening = undefined;
    if (ending.dead) this.#transport?.abandon();
    else this.#transport?.close();
    this.#transport = undefined;
    if (this.#connectedAt !== undefined && this.#settings.clock.now() - this.#connectedAt >= stableMs)
      this.#attempt = 0;
    this.#connectedAt = undefined;
    const wait = this.#waitAfter(ending);
    const { code, reason } = ending;
    if (wait !== undefined) this.#timers.set('retry', wait, () => void this.#open());
    this.#setState({
      state: 'disconnected',
      ...(code !== undefined && { code }),
      ...(reason !== undefined && reason !== '' && { reason }),
      ...(wait !== undefined && { retryAt: Math.round(this.#settings.clock.wall() + wait) }),
    });
  }

  /** Ms until the next attempt; `undefined` when there is none. */
  #waitAfter({ remedy, afterMs }: Ending): number | undefined {
    const { timing, random } = this.#settings;
    if (remedy === undefined || remedy === 'final') return undefined;
    if (remedy === 'token') {
      this.#tokens.invalidate();
      if (this.#lastHope || !this.#tokens.renewable) return undefined;
      this.#lastHope = true;
    }
    return afterMs ?? backoff(this.#attempt, { min: timing.reconnectMin, max: timing.reconnectMax }, random);
  }
}

function refused(error: UnauthorizedError): Ending {
  return { code: closeCodes.tokenInvalid, reason: error.message, remedy: 'final' };
}
