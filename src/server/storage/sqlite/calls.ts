import type { SqlStore } from '../sql-store.js';
import { AccountExistsError, StorageBusyError, StorageOpenError } from '../storage.js';

/** What goes between the server's thread and the store's. */
export type Call = { readonly id: number; readonly method: Method | 'close'; readonly args: readonly unknown[] };
export type Reply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: Failure };
/** The worker's first word. */
export type Opened = { readonly epoch: string } | { readonly failure: Failure };

export type Method = keyof SqlStore;
type Failure = { readonly name: string; readonly message: string };

const classes: ReadonlyMap<string, new (message: string) => Error> = new Map(
  [AccountExistsError, StorageBusyError, StorageOpenError].map((cls) => [new cls('').name, cls]),
);

/** Errors lose their class on the way between threads; these two carry it across by name. */
export function toFailure(error: unknown): Failure {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

export function toError({ name, message }: Failure): Error {
  return new (classes.get(name) ?? Error)(message);
}
