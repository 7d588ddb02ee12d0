import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { closeCodes } from '../../protocol/codes.js';
import { ConfigError } from '../config-error.js';
import { AuthError } from './auth-error.js';

/** How far the clocks of two machines may differ, in seconds. */
export const leewayS = 30;

/** Signed with the app secret, or with a key of the configured set: never one in place of the other. */
const publicKeyAlgorithms = ['EdDSA', 'ES256', 'RS256'];

/** The claims of a signed token, checked. Seconds since 1970. */
export type Claims = {
  readonly account: string;
  readonly exp: number;
  readonly iat?: number;
  readonly origin?: string;
};

/** Checks and makes signed tokens. */
export class Jwt {
  readonly #secret: KeyObject;
  readonly #keys: JWTVerifyGetKey | undefined;
  readonly #now: () => number;

  /** @param keys public keys for tokens that somebody else signed; see {@link loadKeys}. */
  constructor(secret: string, now: () => number, keys?: JWTVerifyGetKey) {
    this.#secret = createSecretKey(secret, 'utf8');
    this.#now = now;
    this.#keys = keys;
  }

  /** @throws {AuthError} */
  async verify(token: string): Promise<Claims> {
    try {
      return claimsOf(await this.#payload(token));
    } catch (error) {
      throw asAuthError(error);
    }
  }

  /** A token for `account` that ends after `expiresS` seconds. */
  sign(account: string, expiresS: number, origin?: string): Promise<string> {
    const iat = Math.floor(this.#now() / 1000);
    return new SignJWT(origin === undefined ? {} : { origin })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(account)
      .setIssuedAt(iat)
      .setExpirationTime(iat + expiresS)
      .sign(this.#secret);
  }

  async #payload(token: string): Promise<JWTPayload> {
    const shared = { clockTolerance: leewayS, requiredClaims: ['sub', 'exp'], currentDate: new Date(this.#now()) };
    if (decodeProtectedHeader(token).alg === 'HS256')
      return (await jwtVerify(token, this.#secret, { ...shared, algorithms: ['HS256'] })).payload;
    if (!this.#keys)
      throw new AuthError(closeCodes.tokenInvalid, 'the token is signed in a way this server has no key for');
    return (await jwtVerify(token, this.#keys, { ...shared, algorithms: publicKeyAlgorithms })).payload;
  }
}

/** Whether a token is meant to be a signed one; anything else is an opaque token of the management API. */
export function looksSigned(token: string): boolean {
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return false;
  try {
    return decodeProtectedHeader(token).alg !== undefined;
  } catch {
    return false;
  }
}

/** Public keys out of a file or from a URL, which is asked again when a token names a key that is not known. @throws {ConfigError} */
export async function loadKeys(source: string): Promise<JWTVerifyGetKey> {
  if (/^https?:\/\//.test(source)) return createRemoteJWKSet(new URL(source));
  try {
    return createLocalJWKSet(JSON.parse(await readFile(source, 'utf8')) as JSONWebKeySet);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `IM_TOKEN_JWKS names ${source}, which is no JSON Web Key Set (${reason}): it may hold {"keys": […]}`,
    );
  }
}

function claimsOf({ sub, exp, iat, ...rest }: JWTPayload): Claims {
  const origin = rest['origin'];
  if (typeof sub !== 'string' || exp === undefined)
    throw new AuthError(closeCodes.tokenInvalid, 'the token names nobody');
  if (origin !== undefined && typeof origin !== 'string')
    throw new AuthError(closeCodes.tokenInvalid, "the token's origin is not a string");
  return {
    account: sub.toLowerCase(),
    exp,
    ...(iat !== undefined && { iat }),
    ...(origin !== undefined && { origin }),
  };
}

function asAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof errors.JWTExpired) return new AuthError(closeCodes.tokenExpired, 'the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return new AuthError(closeCodes.tokenInvalid, `the token's claim "${error.claim}" is not in order`);
  if (error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC'))
    return new AuthError(closeCodes.busy, 'the keys that tokens are checked with cannot be reached');
  if (error instanceof TypeError && error.message === 'fetch failed')
    return new AuthError(closeCodes.busy, 'the keys that tokens are checked with cannot be reached');
  return new AuthError(closeCodes.tokenInvalid, 'the token is not valid');
}
