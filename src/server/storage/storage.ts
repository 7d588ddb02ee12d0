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

  /**
   * Stores what somebody does to a message: a row of the log that takes the next `seq` and no `n`, and the message in the state after it, in
   * one transaction (group commit). What may not be done takes no place. A repeat of `(from, idClient)` is answered as with `append`.
   * @throws {IdReusedError} {@link StorageBusyError} as `append`
   */
  act(action: NewAction): Promise<ActOutcome>;

  /**
   * Log rows with `from <= seq <= to`, ascending; messages in their present state. `viewer`: what this account has deleted for itself is
   * marked `hidden`.
   */
  messages(conversation: number, from: number, to: number, viewer?: string): Promise<MessageRow[]>;
  /** Those of the named rows that exist, ascending. */
  picked(conversation: number, seqs: readonly number[], viewer: string): Promise<MessageRow[]>;
  /** The pinned messages, newest pin first. */
  pins(conversation: number, viewer: string): Promise<MessageRow[]>;
  /** What a message said, oldest first, at most the last 100; empty where it was never edited. */
  edits(conversation: number, seq: number): Promise<Edit[]>;

  /** Takes messages out of one member's sight. `undefined` when nothing changed. */
  hide(account: string, conversation: number, seqs: readonly number[]): Promise<Hidden | undefined>;
  /** What was taken out of the account's sight after its `u`, the oldest first, at most 5,000. */
  hiddenSince(account: string, u: number): Promise<HiddenRow[]>;
  /** Notes that somebody reported a message, once each, with what it says now. `false`: there is no such message. */
  report(report: NewReport): Promise<boolean>;
  /** Those of `others` that are in some conversation with the account. */
  acquainted(account: string, others: readonly string[]): Promise<string[]>;

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

  /**
   * Takes what the log has beyond the search index into it, at most `limit` messages of the named conversations; gives those that are still
   * behind. How far it is is committed with what is in it, so a crash loses nothing.
   */
  index(conversations: readonly number[], limit: number): Promise<number[]>;
  /** Conversations of which the index is behind the log: the account's, or everybody's. */
  unindexed(account?: string): Promise<number[]>;
  /** A stored message has changed, or is gone: the index follows at once. */
  reindex(conversation: number, seq: number): Promise<void>;
  /** The account's messages in which each term is the beginning of a word (`wordsOf`), newest first, older than `before`. */
  search(account: string, query: SearchQuery): Promise<FoundRow[]>;
  /** Whom the account has conversations with, the newest first. */
  contacts(account: string, limit: number): Promise<ContactRow[]>;
  /** Messages with a file, or with an address in their text, newest first, below `before`. */
  media(conversation: number, query: MediaQuery): Promise<MessageRow[]>;
  /** The first `seq` whose time is `time` or later; the one after the head where there is none. */
  seqAt(conversation: number, time: number): Promise<number>;

  /** Highest `seq` of each named conversation: the check that finds a lost last message. */
  heads(conversations: readonly number[]): Promise<Map<number, number>>;

  /**
   * Notes an upload that is about to begin, unless the account has too much already: then it says what, and notes nothing.
   * `within`: bounds of what is not finished, and of all bytes since a moment.
   */
  beginFile(file: NewFile, within: FileBounds): Promise<'ok' | 'unfinished' | 'bytes'>;
  file(id: string): Promise<FileRow | undefined>;
  /** The bytes are all there, and this is what they are. Once: what is done stays as it is. */
  finishFile(id: string, found: FoundFile, time: number): Promise<void>;
  /**
   * Files for a message of `account` in the conversation: `undefined` unless each is finished and either the account's own or in a
   * conversation that it is a member of. From here on the conversation uses them, and they are kept.
   */
  useFiles(account: string, conversation: number, ids: readonly string[]): Promise<FileRow[] | undefined>;
  /** Of `ids` those that `account` may read: its own, and what the conversation uses where it is a member of it. */
  readableFiles(account: string, conversation: number | undefined, ids: readonly string[]): Promise<string[]>;
  /** The owner gives a file up that nothing uses; `false` where there is none such. Its bytes are to be removed, then `forgetFile`. */
  dropFile(id: string, owner: string): Promise<boolean>;
  /** Gives up what was begun or finished before `before` and nothing uses. As `dropFile`; what was given up before and is not forgotten is told again. */
  dropOrphans(before: number, limit: number): Promise<string[]>;
  /** The bytes are gone. */
  forgetFile(id: string): Promise<void>;
  /** A secret of the store's own by this name: `made` the first time, and the same ever after. */
  secret(name: string, made: string): Promise<string>;

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

/** What somebody does to the message at `target`; `targetId` makes sure that it is the one that was meant. */
export type NewAction = {
  conversation: number;
  from: string;
  idClient: string;
  id: string;
  fingerprint: string;
  time: number;
  target: number;
  targetId: string;
  act:
    | { kind: 'edit'; content: string; mentions?: string[]; withinMs: number }
    /** `others`: whether it may be somebody else's. */
    | { kind: 'recall'; withinMs: number; others: boolean }
    | { kind: 'reaction'; emoji: string; on: boolean }
    | { kind: 'pin'; on: boolean };
};

/** Why something may not be done to a message. */
export type ActRefusal =
  'absent' | 'notForThis' | 'notYours' | 'tooLate' | 'tooManyEmoji' | 'tooManyReactions' | 'tooManyPins';

/** `row`: as it stands in the log. */
export type ActOutcome = (AppendedMessage & { row: MessageRow }) | { refused: ActRefusal };

export type Edit = { content: string; time: number };

/** `seqs`: those that were in sight until now. `u`: the account's. */
export type Hidden = { u: number; seqs: number[] };
export type HiddenRow = { conversation: number; seq: number; u: number };

export type NewReport = { account: string; conversation: number; seq: number; reason: string; time: number };

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
  /** The viewer has deleted it for itself. */
  hidden?: true;
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
  /** The newest message in the viewer's sight, in its present state; actions are none. */
  lastMessage?: MessageRow;
  /** Others' counting messages above `readSeq`, among the newest 20,000 events; exact up to 1,000, 1,000 above. */
  unread: number;
  readSeq: number;
  /** p2p: the other one's marker. */
  peerReadSeq?: number;
  pinned: boolean;
  muted: boolean;
  /** Put away until somebody says more. */
  hidden: boolean;
  /** Meant to be read again. */
  markedUnread: boolean;
  custom: string;
  /** The account's `u` at which this view last changed by something other than a message. */
  u: number;
};

export type ViewChange = Partial<Pick<ViewRow, 'pinned' | 'muted' | 'hidden' | 'markedUnread' | 'custom'>>;

export type SearchQuery = {
  /** At least one. */
  readonly terms: readonly string[];
  readonly conversation?: number;
  /** ms since 1970 */
  readonly before?: number;
  readonly limit: number;
};

export type FoundRow = { readonly conversation: number; readonly message: MessageRow };

export type ContactRow = { readonly conversation: number; readonly account: string; readonly name: string };

export type MediaKind = 'media' | 'files' | 'links';
export type MediaQuery = {
  readonly kind: MediaKind;
  /** A `seq`. */
  readonly before?: number;
  readonly limit: number;
};

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

export type NewFile = { id: string; owner: string; name: string; size: number; time: number };

export type FileBounds = { unfinished: number; bytes: number; since: number };

/** What the bytes of a file are. `kind` is `file` for all that no page shows by itself. */
export type FoundFile = { kind: FileKind; mime: string; ext: string; w?: number; h?: number };
export type FileKind = 'image' | 'audio' | 'video' | 'file';

/** `uploading` until all bytes are there and looked at, then `ready`; `dropped` while they are being removed. */
export type FileRow = Omit<FoundFile, 'kind'> & {
  id: string;
  owner: string;
  name: string;
  size: number;
  state: 'uploading' | 'ready' | 'dropped';
  /** Of what is ready. */
  kind: FileKind | '';
  createTime: number;
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
