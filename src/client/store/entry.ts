import { parseConversationId } from '../../protocol/ids.js';
import type { ConversationInfo } from '../../protocol/model.js';
import type { Conversation } from '../api.js';
import type { Message } from '../../protocol/message.js';
import { toMessage } from './messages.js';

/** A conversation as the client keeps it, in memory and in the cache. */
export type Entry = {
  readonly conversation: Omit<Conversation, 'draft'>;
  /** The resume point: everything up to here was received, but for what shows as a missing `seq`. */
  readonly head?: number;
  /** How far the server knows that this account has read; `conversation.readSeq` may be ahead of it. */
  readonly confirmedRead: number;
  /** `unread` counts the log up to here, though not all of it may have arrived. */
  readonly counted?: number;
};

/** A message that takes its place at the end of the log. `counts`: towards unread. */
export type Arrival = {
  readonly seq: number;
  readonly message?: Message;
  readonly counts: boolean;
  /** It speaks to this account by name, or to everybody. */
  readonly mentions?: boolean;
};

/**
 * What the server says of a conversation, merged with what this client knows already.
 * @param later others' counting messages above `info.lastSeq` that are here, where this client has not counted from the start
 */
export function withInfo(entry: Entry | undefined, info: ConversationInfo, account: string, later?: number): Entry {
  const { lastMsg, ...rest } = info;
  const known = entry?.conversation;
  const conversation = { ...rest, ...(lastMsg && { lastMsg: toMessage(info.id, account, lastMsg, info.lastSeq) }) };
  const confirmedRead = Math.max(info.readSeq, entry?.confirmedRead ?? 0);
  const readSeq = Math.max(info.readSeq, known?.readSeq ?? 0);
  const merged =
    known && known.lastSeq > info.lastSeq
      ? { ...conversation, ...newest(known), ...(later !== undefined && { unread: info.unread + later }) }
      : { ...conversation, unread: unreadAfter(info, readSeq) };
  const peerReadSeq = Math.max(info.peerReadSeq ?? 0, known?.peerReadSeq ?? 0);
  return {
    ...entry,
    confirmedRead,
    conversation: { ...merged, readSeq, ...(info.peerReadSeq !== undefined && { peerReadSeq }) },
  };
}

/** What an older summary must not take back. */
function newest(
  known: Entry['conversation'],
): Pick<Entry['conversation'], 'lastSeq' | 'updateTime' | 'unread' | 'lastMsg' | 'mentioned'> {
  const { lastSeq, updateTime, unread, lastMsg, mentioned } = known;
  return { lastSeq, updateTime, unread, ...(lastMsg && { lastMsg }), ...(mentioned && { mentioned }) };
}

/** `info.unread` where one has read further than the server knows; exact again with its `user read`. */
function unreadAfter(info: ConversationInfo, readSeq: number): number {
  return readSeq <= info.readSeq ? info.unread : Math.min(info.unread, info.lastSeq - Math.min(readSeq, info.lastSeq));
}

/** The end of the log moved to `head`, with what arrived there. What the server has counted already is not counted twice. */
export function withArrivals(entry: Entry | undefined, cid: string, arrivals: readonly Arrival[], head: number): Entry {
  const before = entry ?? provisional(cid);
  let { conversation } = before;
  for (const { seq, message, counts, mentions } of arrivals) {
    if (seq <= conversation.lastSeq) continue;
    const news = counts && seq > conversation.readSeq && seq > (before.counted ?? 0);
    const unread = conversation.unread + Number(news);
    conversation = {
      ...conversation,
      lastSeq: seq,
      unread,
      ...(mentions && news && { mentioned: true }),
      ...(message && { lastMsg: message, updateTime: message.time }),
    };
  }
  return { ...before, conversation, head: Math.max(head, before.head ?? 0) };
}

/** A conversation of which only the id is known yet; its summary is on the way. */
function provisional(cid: string): Entry {
  const { scene, to } = parseConversationId(cid) ?? { scene: 'p2p', to: cid };
  const counters = { updateTime: 0, lastSeq: 0, unread: 0, readSeq: 0 };
  return { confirmedRead: 0, conversation: { id: cid, scene, to, name: to, pinned: false, muted: false, ...counters } };
}

/** What the server counted when a marker moved, and how far the log went then. */
export type Counted = { readonly unread: number; readonly head?: number | undefined };

/** One's own marker moved forward, here or (`exact` given) as the server has it. */
export function withRead(entry: Entry, seq: number, exact?: Counted): Entry {
  const { conversation } = entry;
  const readSeq = Math.max(seq, conversation.readSeq);
  if (!exact) {
    if (readSeq === conversation.readSeq) return entry;
    const left = readSeq >= conversation.lastSeq ? 0 : Math.min(conversation.unread, conversation.lastSeq - readSeq);
    return { ...entry, conversation: unmentioned({ ...conversation, readSeq, unread: left }) };
  }
  const confirmedRead = Math.max(seq, entry.confirmedRead);
  if (seq < conversation.readSeq) return { ...entry, confirmedRead };
  const { unread, head = 0 } = exact;
  const counted = Math.max(head, entry.counted ?? 0);
  return { ...entry, confirmedRead, counted, conversation: unmentioned({ ...conversation, readSeq, unread }) };
}

/** A mention stands as long as there is something to read. */
function unmentioned(conversation: Entry['conversation']): Entry['conversation'] {
  if (!conversation.mentioned || conversation.unread > 0) return conversation;
  const { mentioned: _, ...rest } = conversation;
  return rest;
}

/** The other one's marker moved forward. */
export function withPeerRead(entry: Entry, seq: number): Entry {
  const peerReadSeq = Math.max(seq, entry.conversation.peerReadSeq ?? 0);
  return { ...entry, conversation: { ...entry.conversation, peerReadSeq } };
}
