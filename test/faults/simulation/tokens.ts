import type { TokenAnswer } from '../../../src/client/options.js';
import { closeCodes } from '../../../src/protocol/codes.js';
import { AuthError } from '../../../src/server/auth/auth-error.js';
import { Jwt, leewayS, type Claims } from '../../../src/server/auth/jwt.js';
import type { Host } from './host.js';

/** Signed tokens without the signature: real ones are checked on other threads, in an order that no seed decides. */
export class SimJwt extends Jwt {
  readonly #nowMs: () => number;

  constructor(now: () => number) {
    super('not used', now);
    this.#nowMs = now;
  }

  override verify(token: string): Promise<Claims> {
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims;
    if (claims.exp + leewayS <= this.#nowMs() / 1000)
      return Promise.reject(new AuthError(closeCodes.tokenExpired, 'the token has expired'));
    return Promise.resolve(claims);
  }
}

/** The page's own back end, which gives tokens. */
export class Mint {
  /** How long a token is good, seconds. */
  ttlS = 600;
  state: 'up' | 'down' | 'silent' = 'up';
  asked = 0;
  readonly #wall: () => number;

  /** @param wall the server's: a mint and its chat server agree on the time */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  /** A token by way of the page on `host`. */
  async give(host: Host, account: string, signal: AbortSignal): Promise<TokenAnswer> {
    this.asked++;
    await host.wait(30);
    while (this.state === 'silent') {
      await host.wait(1_000);
      if (signal.aborted) throw new Error('nobody waits for the token any more');
    }
    if (this.state === 'down') throw new Error('the mint is down');
    const iat = Math.floor(this.#wall() / 1000);
    const parts = [{ alg: 'HS256' }, { account, iat, exp: iat + this.ttlS }];
    const token = [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), 'sim'].join('.');
    return { token, expiresIn: this.ttlS };
  }
}
