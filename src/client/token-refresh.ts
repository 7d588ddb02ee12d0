import { backoff } from './backoff.js';
import { Timers } from './clock.js';
import { UnauthorizedError } from './errors.js';
import type { Settings } from './options.js';
import { asError } from './store/emitter.js';
import type { TokenProvider } from './token-provider.js';

export interface RefreshHandler {
  sendToken(token: string): void;
  /** Nobody gives another token. */
  onRefused(error: UnauthorizedError): void;
  /** It did not work this time and is tried again. */
  onFault(error: Error): void;
}

/** Replaces a connection's token at four fifths of its life, without a new connection. */
export class TokenRefresh {
  readonly #settings: Settings;
  readonly #tokens: TokenProvider;
  readonly #handler: RefreshHandler;
  readonly #timers: Timers;
  #asking: AbortController | undefined;

  constructor(settings: Settings, tokens: TokenProvider, handler: RefreshHandler) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#handler = handler;
    this.#timers = new Timers(settings.clock);
  }

  /** @param ttlS how long the token is good from now on, seconds; 0 for ever */
  start(ttlS: number): void {
    this.stop();
    if (ttlS <= 0 || !this.#tokens.renewable) return;
    // The server rounds up: of a short life the last second may not exist.
    const sureS = Math.max(ttlS - 1, ttlS / 2);
    this.#timers.set('refresh', sureS * 800, () => void this.#refresh(1));
  }

  stop(): void {
    this.#timers.clear();
    this.#asking?.abort();
    this.#asking = undefined;
  }

  async #refresh(attempt: number): Promise<void> {
    const { timing, random } = this.#settings;
    const asking = (this.#asking = new AbortController());
    this.#timers.set('limit', timing.token, () => asking.abort());
    try {
      const token = await this.#tokens.renew(asking.signal);
      if (this.#asking === asking) this.#handler.sendToken(token);
    } catch (cause) {
      if (this.#asking !== asking) return;
      if (cause instanceof UnauthorizedError) return this.#handler.onRefused(cause);
      this.#handler.onFault(asError(cause));
      const wait = backoff(attempt, { min: timing.reconnectMin, max: timing.reconnectMax }, random);
      this.#timers.set('refresh', wait, () => void this.#refresh(attempt + 1));
    } finally {
      if (this.#asking === asking) this.#timers.cancel('limit');
    }
  }
}
