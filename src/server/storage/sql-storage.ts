import { GroupCommit } from './group-commit.js';
import type { SqlStore } from './sql-store.js';
import type { Storage } from './storage.js';

/** A database that is open: its store, and what lies beyond SQL. */
export type OpenDatabase = {
  readonly epoch: string;
  readonly store: SqlStore;
  readonly backup?: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Makes a storage of an open database: adds the group commit. */
export function sqlStorage({ epoch, store, backup, close }: OpenDatabase): Storage {
  const commits = new GroupCommit((messages) => store.append(messages));
  let closing: Promise<void> | undefined;
  return {
    ...store,
    epoch,
    append: (message) => commits.append(message),
    ...(backup && { backup }),
    close: () => (closing ??= commits.drained().then(close)),
  };
}
