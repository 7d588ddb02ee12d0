import type { GroupForm } from '../../protocol/group-forms.js';
import type { GroupStorage } from './groups/group-storage.js';

export type * from './groups/group-storage.js';

/** What the rest of the server knows of the store. Two implementations, SQLite and PostgreSQL, hold one contract test. */
export interface Storage extends GroupStorage {
  /** Which history this is: made with the database, changed by a restore. */
  readonly epoch: string;

  /** @throws {AccountExistsError} */
  createAccount(account: NewAccount): Promise<AccountRow>;
  /** The account, made with nothing but its name where there is none yet: the first visit of somebody with a signed token. */
  ensureAccount(account: string): Promise<AccountRow>;
  account(account: string): Promise<AccountRow | undefined>;
  accounts(accounts: readonly string[]): Promise<AccountRow[]>;
  /** `false` where there is no such account. */
  updateAccount(account: string, change: AccountChange): Promise<boolean>;

  /** The one-to-one conversation of two accounts, whoever asks; made on its first message, so it may be absent. */
  findDirect(a: string, b: string): Promise<ConversationRow | undefined>;
  /** Finds or makes it. Both accounts must exist. */
  ensureDirect(a: string, b: string): Promise<ConversationRow>;

  /**
   * Stores a message: gives it the conversation's next `seq` and `n`, and resolves after the commit. Many calls share one
   * transaction (group commit); messages of one conversation are stored in the order of the calls. A repeat of
   * `(from, idClient)` with the same `fingerprint` returns what the first gave, with `dup`.
   * @throws {IdReusedError} when the same `(from, idClient)` was stored with another fingerprint.
   * @throws {StorageBusyError} when nothing was stored and a later try may succeed (disk full, connection lost).
   */
  append(message: NewMessage): Promise<AppendedMessage>;

  /** Messages with `from <= seq <= to`, ascending. */
  messages(conversation: number, from: number, to: number): Promise<MessageRow[]>;

  /** The account's view of one conversation; `undefined` when it is no member. */
  view(account: string, conversation: number): Promise<ViewRow | undefined>;
  /**
   * The account's conversations by `updateTime`, newest first, older than `before`; one in which nothing was said and nothing set is
   * left out. Those of the last one's millisecond are all given, so there may be more than `limit`: the next page starts below it.
   */
  views(account: string, options: { limit: number; before?: number }): Promise<ViewRow[]>;

  /**
   * Moves a member's read marker forward, never back, never past the head. In a one-to-one conversation the other member's
   * `u` moves too, since it sees the mark. `undefined` when nothing changed.
   */
  markRead(account: string, conversation: number, seq: number): Promise<ReadMarked | undefined>;
  /** Changes what is a member's own of a conversation; gives the new `u`. */
  updateView(account: string, conversation: number, change: ViewChange): Promise<number>;

  /** Highest `seq` of each named conversation: the check that finds a lost last message. */
  heads(conversations: readonly number[]): Promise<Map<number, number>>;

  /** Resolves when the store answers. @throws {StorageBusyError} */
  check(): Promise<void>;
  /** Copies the whole store into a new file, while it runs. Embedded store only. */
  backup?(file: string): Promise<void>;
  /** Waits for what is under way, commits it, and closes. */
  close(): Promise<void>;
}

export type NewAccount = {
  account: string;
  name?: string;
  icon?: string;
  /** SHA-256 of the opaque token, hex; the token itself is never stored. */
  tokenHash?: string;
  /** The management API's other fields (`sign`, `email`, …), as JSON. */
  extra?: string;
};

export type AccountRow = {
  account: string;
  name: string;
  icon: string;
  tokenHash: string;
  extra: string;
  disabled: boolean;
  /** Tokens that were signed before this moment (ms) are revoked. */
  tokensValidFrom: number;
  /** The account's own event counter. */
  u: number;
  createTime: number;
  /** Where there are notices: how far they have been read, and the `u` at which they last changed. */
  notices?: { read: number; u: number };
};

export type AccountChange = Partial<
  Pick<AccountRow, 'name' | 'icon' | 'tokenHash' | 'extra' | 'disabled' | 'tokensValidFrom'>
>;

export type ConversationRow = {
  id: number;
  scene: 'p2p' | 'group';
  members: string[];
  seq: number;
  n: number;
  /** Time of the newest message; 0 before the first. */
  updateTime: number;
};

export type NewMessage = {
  conversation: number;
  from: string;
  idClient: string;
  /** The server's id for the message, should it be new. */
  id: string;
  type: string;
  /** The body (`content`, `file`, …) as JSON. */
  body: string;
  /** SHA-256 of what the sender wrote (conversation, type, body): tells a repeat from a reused id. */
  fingerprint: string;
  time: number;
  /** Whether it counts as unread: moves `n`. */
  counts: boolean;
};

export type AppendedMessage = { id: string; seq: number; n: number; time: number; dup: boolean };

/** `n` is the conversation's counter after this message; 0 where it does not count. */
export type MessageRow = {
  seq: number;
  n: number;
  id: string;
  idClient: string;
  from: string;
  type: string;
  body: string;
  time: number;
};

/** A conversation as one member has it. */
export type ViewRow = {
  conversation: number;
  scene: 'p2p' | 'group';
  /** p2p: the other account, its name and its picture; group: its id, its name, its picture. */
  to: string;
  /** Of a group. */
  form?: GroupForm;
  /** What the member may read lies above this `seq`; absent where that is all. */
  since?: number;
  /** The member is mentioned in what is unread. */
  mentioned?: true;
  name: string;
  avatar: string;
  updateTime: number;
  lastSeq: number;
  lastMessage?: MessageRow;
  /** Others' counting messages above `readSeq`, among the newest 20,000 events; exact up to 1,000, 1,000 above. */
  unread: number;
  readSeq: number;
  /** p2p: the other one's marker. */
  peerReadSeq?: number;
  pinned: boolean;
  muted: boolean;
  custom: string;
  /** The account's `u` at which this view last changed by something other than a message. */
  u: number;
};

export type ViewChange = Partial<Pick<ViewRow, 'pinned' | 'muted' | 'custom'>>;

export type ReadMarked = {
  seq: number;
  unread: number;
  /** The conversation's `seq` when `unread` was counted: what comes above it is not in it. */
  head: number;
  /** The reader's `u`. */
  u: number;
  /** p2p: the other member and its new `u`. */
  peer?: { account: string; u: number };
};

export class AccountExistsError extends Error {
  override readonly name = 'AccountExistsError';
}

export class IdReusedError extends Error {
  override readonly name = 'IdReusedError';
}

/** Nothing was stored; the same call may succeed later. */
export class StorageBusyError extends Error {
  override readonly name = 'StorageBusyError';
}

/** The store cannot be opened; the message is one line for the operator, and says what to do. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError';
}
