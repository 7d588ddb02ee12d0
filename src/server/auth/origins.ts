/** Which pages may connect: those of this very host, those of a list, or (for a demo) all. */
export type Origins = 'same' | 'any' | ReadonlySet<string>;

/**
 * Whether a page of `origin` may talk to the server that it reached as `host`. No origin at all is a program, not a page: it may
 * connect, but never with a token that was made for a page. `null` (a sandboxed frame, a file) is nobody's origin.
 */
export function originAllowed(origins: Origins, origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  if (origin === 'null') return false;
  if (origins === 'any') return true;
  if (origins !== 'same') return origins.has(origin);
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
