import type { ClientFrameOf } from '../../protocol/frames.js';
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
  /** Something done to a message (type `act`). */
  readonly act?: ActBody;
  /** Messages to be merged into this one (type `merged`). */
  readonly forward?: ForwardBody;
  /** Of a message with a file: what is to be uploaded before it can be sent. */
  readonly upload?: UploadPlan;
};

export type ActBody = Pick<ClientFrameOf<'act'>, 'act' | 'target' | 'id' | 'content' | 'mentions' | 'emoji' | 'on'> & {
  /** Whose message it is. */
  readonly from: string;
};
export type ForwardBody = Pick<ClientFrameOf<'forward'>, 'from' | 'seqs' | 'title'>;

/** How far a file is on its way to the server. */
export type UploadPlan = {
  /** Bytes of the file. */
  readonly total: number;
  readonly paused?: boolean;
  /** The server's ids of what was begun. */
  readonly file?: string;
  readonly thumbnail?: string;
  /** The server has it. Its bytes stay here until the message is stored. */
  readonly done?: boolean;
};

/** The bytes of a message that is not stored yet. */
export type FileRow = { readonly idClient: string; readonly file: Blob; readonly thumbnail?: Blob };

/** One's own message after its ack, kept for a day: should the server lose it in a restore, it is offered again. */
export type SentRow = OutboxRow & { readonly ackedAt: number };

/** Which history, and how far in the account's own events. */
export type Cursor = { readonly epoch: string; readonly u: number };

export type Meta = {
  readonly cursor?: Cursor;
  readonly profile?: Profile;
  readonly more?: boolean;
  /** Ids of the voice messages that were listened to here, the last at the end. */
  readonly played?: readonly string[];
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
  /** Pages of logs. An action among them changes the message that it is for, where that is here. */
  readonly events: readonly { readonly cid: string; readonly event: LogEvent }[];
  /** Pages below these places are forgotten first: what was done to them is not known. */
  readonly forget?: readonly { readonly cid: string; readonly below: number }[];
  readonly entries: readonly Entry[];
  readonly outbox: readonly OutboxRow[];
  readonly files?: readonly FileRow[];
  /** `idClient`s that leave the outbox, with their files. */
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
  /** The bytes of a message in the outbox. */
  file(idClient: string): Promise<FileRow | undefined>;
  /** Forgets pages, cursors and conversations; keeps the outbox, what was sent, and drafts. */
  reset(): Promise<void>;
  /** Forgets pages only, to make room. */
  evict(): Promise<void>;
  close(): void;
}

/** How long `SentRow`s are kept, ms. */
export const sentFor = 24 * 3_600_000;
