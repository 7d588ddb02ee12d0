import { DatabaseError } from 'pg';
import { StorageBusyError } from '../storage.js';

/**
 * SQLSTATE classes and codes after which the same may succeed: connection, transaction rolled back, resources, shutdown and time-outs, system; a
 * lock not got, and a server that is read-only because another one took over. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const passing = /^(08|40|53|57|58)|^(55P03|25006)$/;

/** Two nodes stored the same at the same time: done again, it sees what the other did. */
const collided: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);

export function hasCollided(error: unknown): boolean {
  return error instanceof DatabaseError && collided.has(error.code ?? '');
}

/** What callers see of an error that `pg` gave. One without SQLSTATE is the connection's. */
export function sorted(error: unknown): unknown {
  if (error instanceof DatabaseError && !passing.test(error.code ?? '')) return error;
  return new StorageBusyError(`the database does not answer now: ${reasonOf(error)}`, { cause: error });
}

/** In words, also for the AggregateError of a name with several addresses, whose message is empty. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
