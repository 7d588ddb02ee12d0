import { GroupCommit } from './group-commit.js';
import type { SqlStore } from './sql-store.js';
import type { ActOutcome, NewAction, Storage } from './storage.js';

/** A database that is open: its store, and what lies beyond SQL. */
export type OpenDatabase = {
  readonly epoch: string;
  readonly store: SqlStore;
  readonly backup?: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Each is several statements, and messages wait meanwhile. */
const actsAtOnce = 64;

/** Makes a storage of an open database: adds the group commit. */
export function sqlStorage({ epoch, store, backup, close }: OpenDatabase): Storage {
  const commits = new GroupCommit((messages) => store.append(messages));
  const acts = new GroupCommit<NewAction, ActOutcome>((actions) => store.act(actions), actsAtOnce);
  let closing: Promise<void> | undefined;
  return {
    ...store,
    epoch,
    append: (message) => commits.append(message),
    act: (action) => acts.append(action),
    ...(backup && { backup }),
    close: () => (closing ??= Promise.all([commits.drained(), acts.drained()]).then(close)),
  };
}
