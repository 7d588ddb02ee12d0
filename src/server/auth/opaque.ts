import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token of the management API: 128 random bits, hex. */
export function makeOpaqueToken(): string {
  return randomBytes(16).toString('hex');
}

/** What is stored of an opaque token: SHA-256, hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares in constant time; an empty stored hash (an account without a token) matches nothing. */
export function sameHash(hash: string, stored: string): boolean {
  if (stored.length !== hash.length) return false;
  return timingSafeEqual(Buffer.from(hash), Buffer.from(stored));
}
