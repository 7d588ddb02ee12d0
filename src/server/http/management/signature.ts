import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { errorCodes } from '../../../protocol/codes.js';
import type { App } from '../../demo-app.js';
import { badParameter, ManagementError } from './management-error.js';

/** How far `CurTime` may be from this server's clock, either way. */
const windowS = 300;
const longestNonce = 128;

/** Checks `AppKey`, `Nonce`, `CurTime` and `CheckSum = sha1(secret + Nonce + CurTime)`, and remembers what it has seen. */
export class Signature {
  readonly #app: App;
  readonly #now: () => number;
  /** When each accepted nonce may be forgotten, in seconds; in the order of their coming. */
  readonly #seen = new Map<string, number>();

  constructor(app: App, now: () => number) {
    this.#app = app;
    this.#now = now;
  }

  /** @throws {ManagementError} 414 for a call that is not signed rightly, 431 for one that was seen before */
  check(headers: IncomingHttpHeaders): void {
    const now = Math.floor(this.#now() / 1000);
    const key = header(headers, 'AppKey');
    const nonce = header(headers, 'Nonce');
    const curTime = header(headers, 'CurTime');
    if (key !== this.#app.key) throw badParameter('AppKey is not the one of this server');
    if (nonce.length > longestNonce) throw badParameter(`Nonce is longer than ${longestNonce}`);
    // No sign and no leading zero: a digit must not be able to move from the nonce into the time.
    if (!/^[1-9]\d{0,11}$/.test(curTime)) throw badParameter('CurTime is not a time in seconds');
    if (Math.abs(now - Number(curTime)) > windowS) throw badParameter('CurTime is more than 5 minutes away');
    if (!same(header(headers, 'CheckSum'), checkSum(this.#app.secret, nonce, curTime)))
      throw badParameter('CheckSum is wrong');
    this.#once(`${nonce} ${curTime}`, now, Number(curTime) + windowS);
  }

  #once(call: string, now: number, until: number): void {
    for (const [old, end] of this.#seen) {
      if (end >= now) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(call)) throw new ManagementError(errorCodes.duplicateRequest, 'this Nonce was used before');
    this.#seen.set(call, until);
  }
}

function checkSum(secret: string, nonce: string, curTime: string): string {
  return createHash('sha1')
    .update(secret + nonce + curTime)
    .digest('hex');
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name.toLowerCase()];
  if (typeof value !== 'string' || value === '') throw badParameter(`the header ${name} is missing`);
  return value;
}

function same(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(wanted));
}
