import type { GroupInfo, GroupMember, Notice } from '../../protocol/groups.js';
import type { LogEvent, Profile, WireMessage } from '../../protocol/model.js';
import type { Entry } from '../store/entry.js';

/** What a person wrote, without what client and server add. */
export type Body = Pick<WireMessage, 'content' | 'file' | 'location' | 'custom' | 'mentions' | 'replyTo'>;

/** A message that the server has not stored yet. */
export type OutboxRow = {
  readonly idClient: string;
  readonly cid: string;
  /** Rows of a conversation go out by it, ascending. */
  readonly order: number;
  /** When it was written, ms since 1970. */
  readonly time: number;
  /** Which client instance sends it. */
  readonly tab: string;
  readonly status: 'sending' | 'fail';
  readonly error?: { readonly code: number; readonly message: string };
  readonly type: string;
  readonly body: Body;
};

/** One's own message after its ack, kept for a day: should the server lose it in a restore, it is offered again. */
export type SentRow = OutboxRow & { readonly ackedAt: number };

/** Which history, and how far in the account's own events. */
export type Cursor = { readonly epoch: string; readonly u: number };

export type Meta = {
  readonly cursor?: Cursor;
  readonly profile?: Profile;
  readonly more?: boolean;
  /** How far the notices have been read. */
  readonly noticesRead?: number;
};

/** A group as it was last seen, with its first members. */
export type GroupRow = { readonly id: string; readonly info: GroupInfo; readonly members?: readonly GroupMember[] };

export type Draft = { readonly cid: string; readonly text: string };

/** Everything that is read at the start, in one transaction. */
export type Snapshot = Meta & {
  /** Made once for this cache. */
  readonly device: string;
  readonly entries: readonly Entry[];
  readonly drafts: readonly Draft[];
  readonly outbox: readonly OutboxRow[];
  /** How many rows of the outbox cannot be read; absent when there are none. */
  readonly damaged?: number;
  readonly groups?: readonly GroupRow[];
  readonly notices?: readonly Notice[];
};

/** What is written in one transaction: all of it or nothing. */
export type CacheWrite = {
  readonly events: readonly { readonly cid: string; readonly event: LogEvent }[];
  readonly entries: readonly Entry[];
  readonly outbox: readonly OutboxRow[];
  /** `idClient`s that leave the outbox. */
  readonly settled: readonly string[];
  readonly sent: readonly SentRow[];
  /** An empty text removes it. */
  readonly drafts: readonly Draft[];
  readonly meta: Meta;
  readonly groups?: readonly GroupRow[];
  readonly notices?: readonly Notice[];
  /** Wait until the disk has it: for what exists nowhere else yet. */
  readonly strict: boolean;
};

/** What survives a reload. A cache may lose anything but the outbox at any time, and everything goes on. */
export interface Cache {
  /** @param now ms since 1970: what was sent longer than a day before is forgotten. */
  load(now: number): Promise<Snapshot>;
  write(write: CacheWrite): Promise<void>;
  /** The events of `from`…`to` that are there, ascending. */
  events(cid: string, from: number, to: number): Promise<LogEvent[]>;
  outbox(): Promise<OutboxRow[]>;
  sent(): Promise<SentRow[]>;
  /** Forgets pages, cursors and conversations; keeps the outbox, what was sent, and drafts. */
  reset(): Promise<void>;
  /** Forgets pages only, to make room. */
  evict(): Promise<void>;
  close(): void;
}

/** How long `SentRow`s are kept, ms. */
export const sentFor = 24 * 3_600_000;
