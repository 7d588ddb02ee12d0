import * as v from 'valibot';
import { accountPattern } from './ids.js';
import { limits } from './limits.js';

/** A whole number from 0 to 2^53 − 1: every counter, time (ms since 1970) and size on the wire. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An account's name. */
export const Account = v.pipe(v.string(), v.regex(accountPattern, 'not an account name'));

/** `p2p-<account>` or `group-<groupId>`. */
export const ConversationId = v.pipe(v.string(), v.regex(/^(p2p|group)-[a-z0-9_@.-]{1,32}$/, 'not a conversation id'));

/** Made once by the client, when a message is written; a resend keeps it. */
export const IdClient = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,64}$/, 'not an idClient'));

const text = (max: number) => v.pipe(v.string(), v.maxLength(max, `longer than ${max}`));

/** Text that every store can hold: PostgreSQL refuses NUL, and a lone surrogate is not UTF-8. */
export const storedText = (max: number) =>
  v.pipe(
    text(max),
    v.check((value) => !value.includes('\0'), 'contains NUL'),
    v.check(isWellFormed, 'contains a lone surrogate'),
  );

/** Whether a text has no half of a surrogate pair. */
export function isWellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}

const Url = storedText(limits.url);

/** A stored file that an image, audio, video or file message carries. Sizes in bytes, pixels, milliseconds. */
export const FileInfo = v.object({
  url: Url,
  name: storedText(255),
  size: Count,
  ext: storedText(16),
  mime: storedText(128),
  w: v.exactOptional(Count),
  h: v.exactOptional(Count),
  duration: v.exactOptional(Count),
  thumbnail: v.exactOptional(Url),
  peaks: v.exactOptional(v.pipe(v.array(Count), v.maxLength(256))),
});
export type FileInfo = v.InferOutput<typeof FileInfo>;

/** A place: degrees, WGS 84. */
export const Location = v.object({
  title: storedText(256),
  longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
});
export type Location = v.InferOutput<typeof Location>;

/** A notification's payload: what happened in the conversation, who did it, to whom. Made by the server only. */
export const NotificationAttach = v.object({
  type: text(64),
  operator: v.exactOptional(Account),
  accounts: v.exactOptional(v.pipe(v.array(Account), v.maxLength(500))),
  /** What changed, for an update: `[field, new value]` pairs. */
  changes: v.exactOptional(v.pipe(v.array(v.tuple([text(64), storedText(1_024)])), v.maxLength(32))),
});
export type NotificationAttach = v.InferOutput<typeof NotificationAttach>;

/** The types that a person can send. `notification` is the server's alone. */
export const SendableType = v.picklist(['text', 'image', 'audio', 'video', 'file', 'location', 'custom']);

/** What a person writes: the body of a message before the server gave it a number. */
export const bodyEntries = {
  content: v.exactOptional(storedText(limits.text)),
  file: v.exactOptional(FileInfo),
  location: v.exactOptional(Location),
  custom: v.exactOptional(storedText(limits.custom)),
  mentions: v.exactOptional(v.pipe(v.array(Account), v.maxLength(100))),
  /** `seq` of the message that this one answers, in the same conversation. */
  replyTo: v.exactOptional(Count),
} as const;

/** A message as the server stores and sends it. `conversationId`, `flow` and `status` depend on the viewer and are the client's. */
export const WireMessage = v.object({
  id: text(64),
  idClient: IdClient,
  /** A type this client does not know is kept as it is, and drawn by the fallback renderer. */
  type: text(32),
  from: Account,
  time: Count,
  attach: v.exactOptional(NotificationAttach),
  ...bodyEntries,
});
export type WireMessage = v.InferOutput<typeof WireMessage>;

/** A text that is shown beside others: too long a one is cut, so that it costs its list nothing. */
const cutText = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((value) => value.slice(0, max)),
  );

/** A person's public face. */
export const Profile = v.object({
  account: Account,
  name: v.exactOptional(cutText(limits.name)),
  avatar: v.exactOptional(cutText(limits.url)),
});
export type Profile = v.InferOutput<typeof Profile>;

const MessageEvent = v.object({
  kind: v.literal('message'),
  seq: Count,
  n: v.exactOptional(Count),
  message: WireMessage,
});

/** What this version cannot read, a later version's kind or a damaged record, still takes its place in the order. */
const UnknownEvent = v.pipe(
  v.object({ seq: Count }),
  v.transform(({ seq }) => ({ kind: 'unknown' as const, seq })),
);

/** One entry of a conversation's log. `seq` is dense from 1; `n` counts the messages that count as unread, and stands on those only. */
export const LogEvent = v.union([MessageEvent, UnknownEvent]);
export type LogEvent = v.InferOutput<typeof LogEvent>;

/** A conversation as its viewer sees it; how it is called and what is unread there. */
export const ConversationInfo = v.object({
  id: ConversationId,
  scene: v.picklist(['p2p', 'group']),
  to: text(limits.account),
  form: v.exactOptional(text(32)),
  name: cutText(limits.name),
  avatar: v.exactOptional(cutText(limits.url)),
  updateTime: Count,
  /** Highest `seq` of the log. */
  lastSeq: Count,
  unread: Count,
  /** The viewer's own read marker. */
  readSeq: Count,
  /** One-to-one only: how far the other one has read. */
  peerReadSeq: v.exactOptional(Count),
  lastMsg: v.exactOptional(WireMessage),
  pinned: v.boolean(),
  muted: v.boolean(),
  custom: v.exactOptional(cutText(limits.custom)),
});
export type ConversationInfo = v.InferOutput<typeof ConversationInfo>;
