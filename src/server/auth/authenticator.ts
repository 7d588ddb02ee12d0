import { closeCodes } from '../../protocol/codes.js';
import type { AccountRow } from '../storage/storage.js';
import type { Accounts } from '../chat/accounts.js';
import { AuthError } from './auth-error.js';
import { leewayS, looksSigned, type Claims, type Jwt } from './jwt.js';
import { hashToken, sameHash } from './opaque.js';

/** What of a token is checked again while its connection is open: when it was signed (ms), or its hash. */
export type Credential = { readonly signedAt: number } | { readonly tokenHash: string };

/** Who a token speaks for, and how long. */
export type Identity = {
  readonly account: AccountRow;
  readonly credential: Credential;
  /** When the connection ends unless it is refreshed, ms since 1970; `Infinity` for an opaque token. */
  readonly endsAt: number;
  /** What the client is told: seconds until it should have refreshed. */
  readonly ttlS: number;
};

/** Browsers' timers overflow at 2^31 ms (24 days): nobody is told to wait longer than a week. */
const longestTtlS = 7 * 24 * 3600;

/** Turns a token into an identity: signed tokens, and the opaque ones of the management API. */
export class Authenticator {
  readonly #jwt: Jwt;
  readonly #accounts: Accounts;
  readonly #now: () => number;

  constructor(jwt: Jwt, accounts: Accounts, now: () => number) {
    this.#jwt = jwt;
    this.#accounts = accounts;
    this.#now = now;
  }

  /**
   * @param account whom the token is said to be for
   * @param origin of the page, where there is one
   * @throws {AuthError} with the close code of the fault
   */
  async verify(token: string, account: string, origin: string | undefined): Promise<Identity> {
    return (await this.prove(token, account, origin))();
  }

  /** The part of `verify` that asks no store, as far as there is one. @returns the rest */
  async prove(token: string, account: string, origin: string | undefined): Promise<() => Promise<Identity>> {
    if (!looksSigned(token)) return () => this.#identify(() => this.#opaque(token, account));
    const claims = await this.#jwt.verify(token);
    if (claims.account !== account) throw new AuthError(closeCodes.tokenInvalid, "the token is another account's");
    if (claims.origin !== undefined && claims.origin !== origin)
      throw new AuthError(closeCodes.tokenOrigin, "the token was made for another page's origin");
    return () => this.#identify(() => this.#signed(claims));
  }

  /** Whether a token that was good still is, as the account stands now. @throws {AuthError} with the close code of the fault */
  check(row: AccountRow, credential: Credential): void {
    if ('signedAt' in credential) {
      if (credential.signedAt < row.tokensValidFrom)
        throw new AuthError(closeCodes.tokenRevoked, 'the token was revoked');
    } else if (!sameHash(credential.tokenHash, row.tokenHash)) {
      if (this.#accounts.wasToken(row, credential.tokenHash))
        throw new AuthError(closeCodes.tokenRevoked, 'the token was replaced by a newer one');
      throw new AuthError(closeCodes.tokenInvalid, 'the token is not valid');
    }
    // Last: whoever has no good token is told nothing of the account.
    if (row.disabled) throw new AuthError(closeCodes.accountDisabled, 'the account is disabled');
  }

  async #identify(read: () => Promise<Identity>): Promise<Identity> {
    const { rechecks } = this.#accounts;
    const identity = await read();
    // The row may have been read just before it changed, and its connection would not be among those that are checked again.
    if (rechecks !== this.#accounts.rechecks) return this.#identify(read);
    this.check(identity.account, identity.credential);
    return identity;
  }

  async #signed(claims: Claims): Promise<Identity> {
    const { account } = claims;
    const row = await this.#accounts.ensure(account);
    // A token without a date cannot prove that it is younger than a revocation.
    const credential = { signedAt: (claims.iat ?? 0) * 1000 };
    const now = this.#now();
    const exp = claims.exp * 1000;
    const endsAt = exp > now ? exp : exp + leewayS * 1000;
    return {
      account: row,
      credential,
      endsAt,
      ttlS: Math.min(Math.max(Math.ceil((endsAt - now) / 1000), 1), longestTtlS),
    };
  }

  async #opaque(token: string, account: string): Promise<Identity> {
    const credential = { tokenHash: hashToken(token) };
    const row = await this.#accounts.fresh(account);
    if (!row) throw new AuthError(closeCodes.tokenInvalid, 'the token is not valid');
    return { account: row, credential, endsAt: Infinity, ttlS: longestTtlS };
  }
}
