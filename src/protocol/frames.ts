import * as v from 'valibot';
import { GroupCall, GroupInfo, groupReplyEntries, Notice } from './groups.js';
import { limits } from './limits.js';
import {
  Account,
  bodyEntries,
  ConversationId,
  ConversationInfo,
  Count,
  Emoji,
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

const MessageId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const Places = v.pipe(v.array(Count), v.minLength(1), v.maxLength(limits.picked));

/** What is done to which message. */
export const actEntries = {
  act: v.picklist(['edit', 'recall', 'react', 'pin']),
  target: Count,
  /** The server's: of another history's message at that place nothing is taken back. */
  id: MessageId,
  content: bodyEntries.content,
  mentions: bodyEntries.mentions,
  emoji: v.exactOptional(Emoji),
  on: v.exactOptional(v.boolean()),
} as const;

/** Which messages are merged, and what they are called together. */
export const forwardEntries = {
  from: ConversationId,
  seqs: v.pipe(v.array(Count), v.minLength(1), v.maxLength(limits.forward)),
  title: storedText(limits.title),
} as const;

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
  /**
   * What somebody does to the message `id` at `target`; answered like a `send`. `edit` takes `content` and `mentions`, `react` takes
   * `emoji` and `on`, `pin` takes `on`.
   */
  v.strictObject({
    t: v.literal('act'),
    idClient: IdClient,
    cid: ConversationId,
    ...actEntries,
    resend: v.exactOptional(v.boolean()),
  }),
  /** Messages of `from`, merged into one in `cid`; answered like a `send`, and by the event. */
  v.strictObject({
    t: v.literal('forward'),
    idClient: IdClient,
    cid: ConversationId,
    ...forwardEntries,
    resend: v.exactOptional(v.boolean()),
  }),
  /** Single messages by their places. */
  v.strictObject({ t: v.literal('messages'), r: RequestId, cid: ConversationId, seqs: Places }),
  /** The pinned ones, newest pin first. */
  v.strictObject({ t: v.literal('pins'), r: RequestId, cid: ConversationId }),
  /** What a message said before. */
  v.strictObject({ t: v.literal('edits'), r: RequestId, cid: ConversationId, seq: Count }),
  /** Out of one's own sight, for good. */
  v.strictObject({ t: v.literal('delete'), r: RequestId, cid: ConversationId, seqs: Places }),
  v.strictObject({
    t: v.literal('report'),
    r: RequestId,
    cid: ConversationId,
    seq: Count,
    reason: storedText(limits.reason),
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
    hidden: v.exactOptional(v.boolean()),
    markedUnread: v.exactOptional(v.boolean()),
    custom: v.exactOptional(storedText(limits.custom)),
  }),
  /** Messages with all these words, newest first, older than `before` (ms), in one conversation or all; without those two also people and conversations of that name. */
  v.strictObject({
    t: v.literal('search'),
    r: RequestId,
    q: storedText(limits.query),
    cid: v.exactOptional(ConversationId),
    before: v.exactOptional(Count),
    limit: v.pipe(Count, v.minValue(1), v.maxValue(limits.found)),
  }),
  /** Messages with a picture or film, another file, or an address in their text, newest first, below `before` (a `seq`). */
  v.strictObject({
    t: v.literal('media'),
    r: RequestId,
    cid: ConversationId,
    kind: v.picklist(['media', 'files', 'links']),
    before: v.exactOptional(Count),
    limit: v.pipe(Count, v.minValue(1), v.maxValue(limits.found)),
  }),
  /** Which message is the first of a moment (ms) or after it. */
  v.strictObject({ t: v.literal('seek'), r: RequestId, cid: ConversationId, time: Count }),
  v.strictObject({
    t: v.literal('users'),
    r: RequestId,
    accounts: v.pipe(v.array(Account), v.maxLength(limits.accounts)),
  }),
  /** Anything about a group but its messages. */
  v.strictObject({ t: v.literal('group'), r: RequestId, call: GroupCall }),
  /** The account's notices, newest first, below the number `before`; `read`: those up to this number have been read. */
  v.strictObject({
    t: v.literal('notices'),
    r: RequestId,
    before: v.exactOptional(Count),
    limit: v.pipe(Count, v.maxValue(limits.notices)),
    read: v.exactOptional(Count),
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
  /** Messages that this account does not want to see any more; `conversation`: its summary without them. */
  v.object({
    kind: v.literal('deleted'),
    u: Count,
    cid: ConversationId,
    seqs: v.array(Count),
    conversation: v.exactOptional(ConversationInfo),
  }),
  /** Something that is the viewer's own of a group changed: role, mute, settings; or the viewer has come into it. */
  v.object({ kind: v.literal('group'), u: Count, group: GroupInfo }),
  /** The account is no member of the group any more. */
  v.object({ kind: v.literal('left'), u: v.exactOptional(Count), cid: ConversationId }),
  /** A notice, new or with another state. */
  v.object({ kind: v.literal('notice'), u: Count, notice: Notice }),
  /** Notices up to the number `num` have been read. */
  v.object({ kind: v.literal('notices-read'), u: Count, num: Count }),
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
  /** Answers `messages` and `pins`. What is not there, or not to be seen, is left out. */
  v.object({ t: v.literal('messages'), r: RequestId, cid: ConversationId, events }),
  /** Oldest first; what it says now is the last. */
  v.object({ t: v.literal('edits'), r: RequestId, edits: v.array(v.object({ content: v.string(), time: Count })) }),
  /** It was done: answers `delete` and `report`. */
  v.object({ t: v.literal('done'), r: RequestId }),
  /** The answer to `search` and `media`. */
  v.object({
    t: v.literal('found'),
    r: RequestId,
    people: v.array(Profile),
    conversations: v.array(ConversationInfo),
    hits: v.array(v.object({ cid: ConversationId, event: LogEvent })),
    more: v.boolean(),
  }),
  /** The answer to `seek`; one beyond the head where there is none. */
  v.object({ t: v.literal('place'), r: RequestId, seq: Count }),
  v.object({ t: v.literal('group'), r: RequestId, ...groupReplyEntries }),
  /** `read`: how far the account has read them; `unread`: how many above that. */
  v.object({
    t: v.literal('notices'),
    r: RequestId,
    notices: v.array(Notice),
    more: v.boolean(),
    read: Count,
    unread: Count,
  }),
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
