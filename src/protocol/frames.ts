import * as v from 'valibot';
import { limits } from './limits.js';
import {
  Account,
  bodyEntries,
  ConversationId,
  ConversationInfo,
  Count,
  FileInfo,
  IdClient,
  LogEvent,
  Profile,
  SendableType,
  storedText,
} from './model.js';

/** The version of this protocol: a server refuses another in `hello`. */
export const protocolVersion = 1;

/** Pairs a request with its answer; unique within the connection. */
const RequestId = Count;
const Token = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.token));
const FileId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'not the id of a file'));
/** A device or one of its tabs. */
export const ShortId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/));

/** Where a client left off. Pairs, not an object: nothing from outside is a key of an object. */
export const ResumePoint = v.object({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  u: Count,
  heads: v.pipe(v.array(v.tuple([ConversationId, Count])), v.maxLength(limits.heads)),
});
export type ResumePoint = v.InferOutput<typeof ResumePoint>;

/** What a server offers and allows. */
export const Features = v.object({
  typing: v.boolean(),
  presence: v.boolean(),
  /** Whether one is told how far the others have read. */
  receipts: v.boolean(),
  /** How long after it was sent a message may be recalled, and edited, ms. */
  recallMs: Count,
  editMs: Count,
  maxFileBytes: Count,
  /** Between two messages of one person in a group, ms. */
  slowModeMs: v.exactOptional(Count),
});
export type Features = Readonly<v.InferOutput<typeof Features>>;

/** Until a server has said otherwise. */
export const defaultFeatures: Features = {
  typing: true,
  presence: true,
  receipts: true,
  recallMs: 120_000,
  editMs: 86_400_000,
  maxFileBytes: 100 * 1_024 * 1_024,
};

/** What a client sends. Strict: an unknown field is a fault of the sender, and says so. */
export const ClientFrame = v.variant('t', [
  v.strictObject({
    t: v.literal('hello'),
    v: Count,
    token: Token,
    account: Account,
    device: ShortId,
    tab: ShortId,
    resume: v.exactOptional(ResumePoint),
  }),
  v.strictObject({
    t: v.literal('send'),
    idClient: IdClient,
    cid: ConversationId,
    type: SendableType,
    resend: v.exactOptional(v.boolean()),
    ...bodyEntries,
  }),
  /** The events of `from`…`to` (both included), or the newest `limit` before `before`; neither: the newest. */
  v.strictObject({
    t: v.literal('get'),
    r: RequestId,
    cid: ConversationId,
    before: v.exactOptional(Count),
    from: v.exactOptional(Count),
    to: v.exactOptional(Count),
    limit: v.exactOptional(v.pipe(Count, v.minValue(1), v.maxValue(limits.page))),
  }),
  /** One conversation by id, also one in which nothing was said yet. */
  v.strictObject({ t: v.literal('conversation'), r: RequestId, cid: ConversationId }),
  /** Conversations, newest first, older than `before` (an `updateTime`). */
  v.strictObject({
    t: v.literal('list'),
    r: RequestId,
    before: v.exactOptional(Count),
    limit: v.pipe(Count, v.minValue(1), v.maxValue(limits.heads)),
  }),
  v.strictObject({
    t: v.literal('settings'),
    r: RequestId,
    cid: ConversationId,
    pinned: v.exactOptional(v.boolean()),
    muted: v.exactOptional(v.boolean()),
    custom: v.exactOptional(storedText(limits.custom)),
  }),
  v.strictObject({
    t: v.literal('users'),
    r: RequestId,
    accounts: v.pipe(v.array(Account), v.maxLength(limits.accounts)),
  }),
  /** Links to files of a conversation, and to one's own. */
  v.strictObject({
    t: v.literal('files'),
    r: RequestId,
    cid: ConversationId,
    ids: v.pipe(v.array(FileId), v.maxLength(limits.files)),
  }),
  v.strictObject({ t: v.literal('read'), cid: ConversationId, seq: Count }),
  v.strictObject({ t: v.literal('typing'), cid: ConversationId, on: v.boolean() }),
  /** Whose presence this connection shows; replaces the former list. */
  v.strictObject({ t: v.literal('watch'), accounts: v.pipe(v.array(Account), v.maxLength(limits.accounts)) }),
  v.strictObject({ t: v.literal('refresh'), token: Token }),
  v.strictObject({ t: v.literal('ping') }),
  v.strictObject({ t: v.literal('pong') }),
]);
export type ClientFrame = v.InferOutput<typeof ClientFrame>;

const words = v.pipe(v.string(), v.maxLength(500));

/** What is the account's own and numbered by `u`, or of no number and may be dropped (typing, presence). */
const KnownUserEvent = v.variant('kind', [
  /** `head`: how far the log went when `unread` was counted; events up to there may still be on their way. */
  v.object({
    kind: v.literal('read'),
    u: Count,
    cid: ConversationId,
    seq: Count,
    unread: Count,
    head: v.exactOptional(Count),
  }),
  v.object({ kind: v.literal('peer-read'), u: Count, cid: ConversationId, seq: Count }),
  v.object({ kind: v.literal('conversation'), u: Count, conversation: ConversationInfo }),
  v.object({ kind: v.literal('typing'), cid: ConversationId, account: Account, on: v.boolean() }),
  v.object({ kind: v.literal('presence'), account: Account, online: v.boolean(), lastSeen: v.exactOptional(Count) }),
]);
export const UserEvent = v.union([
  KnownUserEvent,
  v.pipe(
    v.object({ kind: v.string() }),
    v.transform(() => ({ kind: 'unknown' as const })),
  ),
]);
export type UserEvent = v.InferOutput<typeof UserEvent>;

const events = v.array(LogEvent);

/** What a server sends. Loose where the future may add a field; an unknown `t` is ignored by the client. */
export const ServerFrame = v.variant('t', [
  v.object({
    t: v.literal('welcome'),
    account: Account,
    profile: Profile,
    connection: v.string(),
    epoch: v.string(),
    u: Count,
    heartbeatMs: Count,
    ttlS: Count,
    time: Count,
    limits: v.object({ text: Count, frameBytes: Count, custom: Count }),
    features: v.exactOptional(Features),
  }),
  /** `events` are `from`…`to`; `gap`: what lies between the client's head and `from` was left out and stays to be fetched. */
  v.object({
    t: v.literal('sync'),
    conversation: ConversationInfo,
    from: Count,
    to: Count,
    gap: v.exactOptional(v.boolean()),
    events,
  }),
  /** `reset`: the client's `epoch` is not this history's, or it was ahead: cached pages and cursors are void. Sent before any `sync`. */
  v.object({ t: v.literal('reset') }),
  v.object({ t: v.literal('synced'), u: Count, more: v.boolean() }),
  v.object({
    t: v.literal('ack'),
    idClient: IdClient,
    id: v.string(),
    cid: ConversationId,
    seq: Count,
    n: Count,
    time: Count,
    dup: v.exactOptional(v.boolean()),
    /** The message's file as it is stored: the server has looked at it. */
    file: v.exactOptional(FileInfo),
  }),
  v.object({
    t: v.literal('nack'),
    idClient: IdClient,
    code: Count,
    message: words,
    retry: v.boolean(),
    afterMs: v.exactOptional(Count),
  }),
  v.object({ t: v.literal('event'), cid: ConversationId, event: LogEvent }),
  /** Covers `from`…`to` whole; `from` is 1 when nothing older exists. `to` is 0 for an empty conversation. */
  v.object({ t: v.literal('page'), r: RequestId, cid: ConversationId, from: Count, to: Count, head: Count, events }),
  v.object({ t: v.literal('conversation'), r: RequestId, conversation: ConversationInfo }),
  v.object({ t: v.literal('list'), r: RequestId, items: v.array(ConversationInfo), more: v.boolean() }),
  v.object({ t: v.literal('users'), r: RequestId, users: v.array(Profile) }),
  /** Pairs of id and link, relative to the server, good for so many seconds; of what one may not read there is none. */
  v.object({ t: v.literal('files'), r: RequestId, urls: v.array(v.tuple([v.string(), v.string()])), ttlS: Count }),
  /** The answer to a request that failed; without `r`, to a frame that has no answer of its own. */
  v.object({
    t: v.literal('error'),
    r: v.exactOptional(RequestId),
    code: Count,
    message: words,
    afterMs: v.exactOptional(Count),
  }),
  v.object({ t: v.literal('user'), event: UserEvent }),
  v.object({ t: v.literal('refreshed'), ttlS: Count }),
  v.object({ t: v.literal('ping') }),
  v.object({ t: v.literal('pong') }),
  v.object({ t: v.literal('bye'), code: Count, message: words, afterMs: v.exactOptional(Count) }),
]);
export type ServerFrame = v.InferOutput<typeof ServerFrame>;

export type ClientFrameOf<T extends ClientFrame['t']> = Extract<ClientFrame, { t: T }>;
export type ServerFrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;
