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

const pictograph =
  '[\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u2194-\\u21aa\\u231a-\\u23ff\\u24c2\\u25aa-\\u27bf\\u2934\\u2935\\u2b05-\\u2b55\\u3030\\u303d\\u3297\\u3299\\u{1f000}-\\u{1f1e5}\\u{1f200}-\\u{1faff}]' +
  '\\ufe0f?[\\u{1f3fb}-\\u{1f3ff}]?\\ufe0f?';
/** One emoji: pictographs, joined or alone; a flag; a key. Not checked against the list of those that exist, which grows. */
const emojiPattern = new RegExp(
  `^(?:${pictograph}(?:[\\u{e0020}-\\u{e007e}]+\\u{e007f})?(?:\\u200d${pictograph})*|[\\u{1f1e6}-\\u{1f1ff}]{2}|[#*0-9]\\ufe0f?\\u20e3)$`,
  'u',
);

/** What somebody reacts with. */
export const Emoji = v.pipe(
  v.string(),
  v.maxLength(limits.emoji, `longer than ${limits.emoji}`),
  v.regex(emojiPattern, 'not one emoji'),
);

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
  /** `*`: everybody in the group. */
  mentions: v.exactOptional(v.pipe(v.array(v.union([Account, v.literal('*')])), v.maxLength(100))),
  /** `seq` of the message that this one answers, in the same conversation. */
  replyTo: v.exactOptional(v.pipe(Count, v.minValue(1))),
} as const;

/** Who did something to a message, and when (ms since 1970). */
const Deed = v.object({ by: Account, time: Count });

/** One message of a merged forward: what it was when it was forwarded, and what its sender was called then. */
export const MergedMessage = v.object({
  from: Account,
  name: storedText(limits.name),
  time: Count,
  type: text(32),
  content: bodyEntries.content,
  file: bodyEntries.file,
  location: bodyEntries.location,
  custom: bodyEntries.custom,
});
export type MergedMessage = v.InferOutput<typeof MergedMessage>;

/** Several messages in one; its content is put together by the server. */
export const Merged = v.object({
  title: storedText(limits.title),
  messages: v.pipe(v.array(MergedMessage), v.maxLength(limits.forward)),
});
export type Merged = v.InferOutput<typeof Merged>;

/** What people did to a message since it was sent: its present state. All absent: nothing. */
const stateEntries = {
  /** `seq` of the last action that is in it. */
  rev: v.exactOptional(Count),
  editTime: v.exactOptional(Count),
  /** Taken back by its sender: only this trace is left of it. */
  recalled: v.exactOptional(Deed),
  reactions: v.exactOptional(
    v.pipe(v.array(v.object({ emoji: text(limits.emoji), accounts: v.array(Account) })), v.maxLength(limits.reactions)),
  ),
  pinned: v.exactOptional(Deed),
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
  merged: v.exactOptional(Merged),
  ...bodyEntries,
  ...stateEntries,
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

const actionEntries = { seq: Count, target: Count } as const;

/** Without `content` where the message was recalled since: nothing of what it said is kept. */
const EditEvent = v.object({
  kind: v.literal('edit'),
  ...actionEntries,
  by: Account,
  time: Count,
  content: bodyEntries.content,
  mentions: bodyEntries.mentions,
});
/** `from`: whose message it was. */
const RecallEvent = v.object({
  kind: v.literal('recall'),
  ...actionEntries,
  by: Account,
  time: Count,
  from: Account,
});
const ReactionEvent = v.object({
  kind: v.literal('reaction'),
  ...actionEntries,
  account: Account,
  emoji: text(limits.emoji),
  on: v.boolean(),
});
const PinEvent = v.object({ kind: v.literal('pin'), ...actionEntries, by: Account, time: Count, on: v.boolean() });

/** What somebody did to the message at `target`, which stands before it in the log. */
export const ActionEvent = v.variant('kind', [EditEvent, RecallEvent, ReactionEvent, PinEvent]);
export type ActionEvent = v.InferOutput<typeof ActionEvent>;

/** What this version cannot read, a later version's kind or a damaged record, still takes its place in the order. */
const UnknownEvent = v.pipe(
  v.object({ seq: Count }),
  v.transform(({ seq }) => ({ kind: 'unknown' as const, seq })),
);

/** One entry of a conversation's log. `seq` is dense from 1; `n` counts the messages that count as unread, and stands on those only. */
export const LogEvent = v.union([MessageEvent, ActionEvent, UnknownEvent]);
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
  /** The newest message, in its present state. */
  lastMsg: v.exactOptional(WireMessage),
  /** Its `seq`; absent where that is `lastSeq`. */
  lastMsgSeq: v.exactOptional(Count),
  pinned: v.boolean(),
  muted: v.boolean(),
  /** Put away until somebody says more. */
  hidden: v.exactOptional(v.boolean()),
  /** Meant to be read again. */
  markedUnread: v.exactOptional(v.boolean()),
  /** One of the unread messages names the viewer. */
  mentioned: v.exactOptional(v.boolean()),
  custom: v.exactOptional(cutText(limits.custom)),
  /** The viewer is no member any more: what is here stays, and nothing comes. */
  left: v.exactOptional(v.boolean()),
});
export type ConversationInfo = v.InferOutput<typeof ConversationInfo>;
