import * as v from 'valibot';
import type { Clock } from './clock.js';
import { ChatError, UnauthorizedError } from './errors.js';
import type { Settings, TokenAnswer } from './options.js';

const Answer = v.object({ token: v.pipe(v.string(), v.minLength(1)), expiresIn: v.exactOptional(v.number()) });

/** Tokens are not used in their last moments: the frame that carries one takes its time too. */
const marginMs = 2_000;

/** Where tokens come from: the page's own first, then its callback or its URL. Knows nothing of connections. */
export class TokenProvider {
  readonly #settings: Settings;
  readonly #clock: Clock;
  #held: { readonly token: string; readonly until: number } | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#clock = settings.clock;
    if (settings.token !== undefined) this.#held = { token: settings.token, until: Infinity };
  }

  /** Whether there is a source that can be asked for another token. */
  get renewable(): boolean {
    return this.#settings.getToken !== undefined || this.#settings.tokenUrl !== undefined;
  }

  /**
   * The token in hand as long as it is good, else a new one.
   * @throws {UnauthorizedError} when no other can be had; anything else passes by itself.
   */
  async get(signal: AbortSignal): Promise<string> {
    const held = this.#held;
    return held && this.#clock.now() < held.until ? held.token : this.renew(signal);
  }

  /** A new token from its source. @throws as `get` */
  async renew(signal: AbortSignal): Promise<string> {
    const answer = await this.#ask(signal);
    const { token, expiresIn } = v.parse(Answer, typeof answer === 'string' ? { token: answer } : answer);
    const until = expiresIn === undefined ? Infinity : this.#clock.now() + expiresIn * 1000 - marginMs;
    this.#held = { token, until };
    return token;
  }

  /** The server refused the token in hand. */
  invalidate(): void {
    this.#held = undefined;
  }

  async #ask(signal: AbortSignal): Promise<TokenAnswer> {
    const { getToken, tokenUrl, account } = this.#settings;
    if (getToken) return getToken(account, signal);
    if (tokenUrl === undefined) throw new UnauthorizedError('the token has ended, and there is no source of another');
    const response = await this.#settings.fetch(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account }),
      signal,
    });
    if (response.status === 401 || response.status === 403)
      throw new UnauthorizedError(`${tokenUrl} refused a token: ${response.status}`);
    if (!response.ok) throw new ChatError(response.status, `${tokenUrl} answered ${response.status}`);
    return (await response.json()) as TokenAnswer;
  }
}
