import { GroupCommit } from '../../../src/server/storage/group-commit.js';
import type { AppendOutcome } from '../../../src/server/storage/driver.js';
import { contactsOf, mediaOf, searchTables, seqAtIn } from './search-tables.js';
import { noGroups } from './no-groups.js';
import {
  StorageBusyError,
  type ActOutcome,
  type NewAction,
  type NewMessage,
  type Storage,
} from '../../../src/server/storage/storage.js';
import { Tables } from './tables.js';

/** The moments of a call at which it may be held up, refused, or cut short with the whole process. */
export type StoreStep = 'read' | 'write' | 'sync' | 'committed';

/** What a process does at a step: it goes on when this resolves, and never does when the process is gone. */
export type StoreTurn = (step: StoreStep, what: 'messages' | 'rest') => Promise<void> | undefined;

export type DiskOptions = {
  /** Whether `(sender, idClient)` is unique. */
  readonly unique: boolean;
  /** Whether a commit is synced before anybody hears of it. */
  readonly syncs: boolean;
};

/** A transaction as the disk keeps it: what it does to the tables, again at each opening. */
type Entry = (tables: Tables) => unknown;

/** The server's disk: a journal, of which a power loss may take what was not synced. Outlives the process that writes it. */
export class Disk {
  readonly #options: DiskOptions;
  readonly #newEpoch: () => string;
  #journal: Entry[] = [];
  #synced = 0;
  #tables: Tables;
  #epoch: string;

  constructor(options: DiskOptions, newEpoch: () => string) {
    this.#options = options;
    this.#newEpoch = newEpoch;
    this.#tables = new Tables(options.unique);
    this.#epoch = newEpoch();
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** What a reader sees: everything that was committed. */
  get tables(): Tables {
    return this.#tables;
  }

  /** How much is written, for `restore`. */
  get length(): number {
    return this.#journal.length;
  }

  /** Opens the store for a process. Whatever was written is there, synced or not. */
  open(turn: StoreTurn, now: () => number): Storage {
    this.#replay(this.#journal.length);
    return openStorage(this, turn, now);
  }

  /** A transaction in the file; a reader does not see it yet. */
  write(entry: Entry): void {
    this.#journal.push(entry);
  }

  /** Everything written so far is safe. */
  sync(): void {
    this.#synced = this.#journal.length;
  }

  get syncsFirst(): boolean {
    return this.#options.syncs;
  }

  /** The power goes: of what was not synced a part is lost, from the end. @param share of it that stays */
  losePower(share: number): void {
    this.#replay(this.#synced + Math.floor((this.#journal.length - this.#synced) * share));
  }

  /** An older copy takes the store's place: another history from here on. */
  restore(length: number): void {
    this.#replay(length);
    this.#epoch = this.#newEpoch();
  }

  #replay(length: number): void {
    this.#journal = this.#journal.slice(0, length);
    this.#synced = length;
    this.#tables = new Tables(this.#options.unique);
    for (const entry of this.#journal) {
      try {
        entry(this.#tables);
      } catch {
        // It was rolled back the first time too.
      }
    }
  }
}

/** One process's hold on the disk: reads at once, one writing transaction after the other, messages in group commits. */
function openStorage(disk: Disk, turn: StoreTurn, now: () => number): Storage {
  let writing: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function read<T>(query: (tables: Tables) => T): Promise<T> {
    await turn('read', 'rest');
    return query(disk.tables);
  }

  function write<T>(change: (tables: Tables) => T, what: 'messages' | 'rest' = 'rest'): Promise<T> {
    const done = writing.then(() => transaction(change, what));
    writing = done.catch(() => undefined);
    return done;
  }

  async function transaction<T>(change: (tables: Tables) => T, what: 'messages' | 'rest'): Promise<T> {
    if (closed) throw new StorageBusyError('the store is closed');
    await turn('write', what);
    disk.write(change);
    // As in a log that is synced before its end is moved: a reader sees a transaction when it is safe, and not before.
    await turn('sync', what);
    if (disk.syncsFirst) disk.sync();
    const result = change(disk.tables);
    await turn('committed', what);
    return result;
  }

  const commits = new GroupCommit((messages: readonly NewMessage[]): Promise<AppendOutcome[]> =>
    write((tables) => tables.append(messages), 'messages'),
  );
  const acts = new GroupCommit<NewAction, ActOutcome>(
    (actions) => write((tables) => tables.act(actions), 'messages'),
    64,
  );
  return {
    ...noGroups,
    epoch: disk.epoch,
    createAccount: (account) => {
      const at = now();
      return write((tables) => tables.createAccount(account, at));
    },
    ensureAccount: async (account) => {
      const at = now();
      return (await read((tables) => tables.account(account))) ?? write((tables) => tables.ensureAccount(account, at));
    },
    account: (account) => read((tables) => tables.account(account)),
    accounts: (accounts) => read((tables) => [...new Set(accounts)].flatMap((name) => tables.account(name) ?? [])),
    updateAccount: (account, change) => write((tables) => tables.updateAccount(account, change)),
    findDirect: (a, b) => read((tables) => tables.findDirect(a, b)),
    ensureDirect: async (a, b) =>
      (await read((tables) => tables.findDirect(a, b))) ?? write((tables) => tables.ensureDirect(a, b)),
    append: (message) => commits.append(message),
    act: (action) => acts.append(action),
    messages: (conversation, from, to, viewer) => read((tables) => tables.messages(conversation, from, to, viewer)),
    picked: (conversation, seqs, viewer) => read((tables) => tables.picked(conversation, seqs, viewer)),
    pins: (conversation, viewer) => read((tables) => tables.pins(conversation, viewer)),
    edits: (conversation, seq) => read((tables) => tables.edits(conversation, seq)),
    hide: (account, conversation, seqs) => write((tables) => tables.hide(account, conversation, seqs)),
    hiddenSince: (account, u) => read((tables) => tables.hiddenSince(account, u)),
    report: (given) => write((tables) => tables.report(given)),
    acquainted: (account, others) => read((tables) => tables.acquainted(account, others)),
    view: (account, conversation) => read((tables) => tables.view(account, conversation)),
    views: (account, options) => read((tables) => tables.views(account, options)),
    markRead: (account, conversation, seq) => write((tables) => tables.markRead(account, conversation, seq)),
    updateView: (account, conversation, change) => write((tables) => tables.updateView(account, conversation, change)),
    index: () => Promise.resolve([]),
    unindexed: () => Promise.resolve([]),
    reindex: () => Promise.resolve(),
    search: (account, query) => read((tables) => searchTables(tables, account, query)),
    contacts: (account, limit) => read((tables) => contactsOf(tables, account, limit)),
    media: (conversation, query) => read((tables) => mediaOf(tables, conversation, query)),
    seqAt: (conversation, time) => read((tables) => seqAtIn(tables, conversation, time)),
    heads: (conversations) => read((tables) => tables.heads(conversations)),
    beginFile: (file, within) => write(({ files }) => files.beginFile(file, within)),
    file: (id) => read(({ files }) => files.file(id)),
    finishFile: (id, found, time) => write(({ files }) => files.finishFile(id, found, time)),
    useFiles: (account, conversation, ids) => write(({ files }) => files.useFiles(account, conversation, ids)),
    readableFiles: (account, conversation, ids) => read(({ files }) => files.readableFiles(account, conversation, ids)),
    dropFile: (id, owner) => write(({ files }) => files.dropFile(id, owner)),
    dropOrphans: (before, limit) => write(({ files }) => files.dropOrphans(before, limit)),
    forgetFile: (id) => write(({ files }) => files.forgetFile(id)),
    secret: (name, made) => write(({ files }) => files.secret(name, made)),
    check: () => (closed ? Promise.reject(new StorageBusyError('the store is closed')) : read(() => undefined)),
    close: async () => {
      await commits.drained();
      await acts.drained();
      await writing;
      closed = true;
    },
  };
}
