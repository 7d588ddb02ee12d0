import { parseConversationId } from '../../protocol/ids.js';
import { withAction } from '../../protocol/actions.js';
import type { ActionEvent, ConversationInfo } from '../../protocol/model.js';
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

/** A message, or something done to one, that takes its place at the end of the log. `counts`: towards unread, or for a recall away from it. */
export type Arrival = {
  readonly seq: number;
  readonly message?: Message;
  readonly counts: boolean;
  /** It speaks to this account by name, or to everybody. */
  readonly mentions?: boolean;
  readonly action?: ActionEvent;
};

/**
 * What the server says of a conversation, merged with what this client knows already.
 * @param later others' counting messages above `info.lastSeq` that are here, where this client has not counted from the start
 */
export function withInfo(entry: Entry | undefined, info: ConversationInfo, account: string, later?: number): Entry {
  const { lastMsg, lastMsgSeq: _, ...rest } = info;
  const known = entry?.conversation;
  const conversation = {
    ...rest,
    ...(lastMsg && { lastMsg: toMessage(info.id, account, lastMsg, info.lastMsgSeq ?? info.lastSeq) }),
  };
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
    conversation: withMention(
      { ...merged, readSeq, ...(info.peerReadSeq !== undefined && { peerReadSeq }) },
      // The server's index may come to it later than this client did.
      info.mentioned ?? known?.mentioned,
    ),
  };
}

/** Whether one of the unread messages names the account. Once all is read, none does. */
function withMention<C extends Entry['conversation']>({ mentioned: _, ...rest }: C, mentioned: boolean | undefined): C {
  return { ...rest, ...(mentioned && rest.unread > 0 && { mentioned }) } as C;
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
  const uncounted = new Set(
    arrivals.flatMap(({ message, counts }) => (message?.recalled && !counts ? message.seq : [])),
  );
  for (const { seq, message, counts, action, mentions } of arrivals) {
    if (seq <= conversation.lastSeq) continue;
    if (action) {
      const wasCounted = counts && seq > (before.counted ?? 0) && !uncounted.has(action.target);
      conversation = { ...withActed(conversation, action, wasCounted), lastSeq: seq };
      continue;
    }
    // Somebody says more: what was put away is there again.
    if (message) conversation = shownAgain(conversation);
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

function shownAgain({ hidden: _, ...rest }: Entry['conversation']): Entry['conversation'] {
  return rest;
}

/** @param wasCounted whether the message counts as unread so far, should it be an unread one */
function withActed(
  conversation: Entry['conversation'],
  action: ActionEvent,
  wasCounted: boolean,
): Entry['conversation'] {
  const { lastMsg, readSeq, unread } = conversation;
  const gone = action.kind === 'recall' && wasCounted && action.target > readSeq;
  return {
    ...conversation,
    unread: Math.max(0, unread - Number(gone)),
    ...(lastMsg?.seq === action.target && { lastMsg: withAction(lastMsg, action) }),
  };
}

/** Messages that the account does not want to see any more are gone. `info`: what the server says of the conversation without them. */
export function withoutDeleted(entry: Entry, seqs: ReadonlySet<number>, info: Message | undefined): Entry {
  const { lastMsg, ...rest } = entry.conversation;
  if (lastMsg?.seq === undefined || !seqs.has(lastMsg.seq)) return entry;
  return { ...entry, conversation: { ...rest, ...(info && { lastMsg: info }) } };
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
    if (readSeq === conversation.readSeq && !conversation.markedUnread) return entry;
    const left = readSeq >= conversation.lastSeq ? 0 : Math.min(conversation.unread, conversation.lastSeq - readSeq);
    return { ...entry, conversation: unmarked({ ...conversation, readSeq, unread: left }) };
  }
  const confirmedRead = Math.max(seq, entry.confirmedRead);
  if (seq < conversation.readSeq) return { ...entry, confirmedRead, conversation: unmarked(conversation) };
  const { unread, head = 0 } = exact;
  const counted = Math.max(head, entry.counted ?? 0);
  return {
    ...entry,
    confirmedRead,
    counted,
    conversation: unmarked({ ...conversation, readSeq, unread }),
  };
}

/** Reading takes the mark away that one set oneself. */
function unmarked({ markedUnread: _, ...rest }: Entry['conversation']): Entry['conversation'] {
  return withMention(rest, rest.mentioned);
}

/** The other one's marker moved forward. */
export function withPeerRead(entry: Entry, seq: number): Entry {
  const peerReadSeq = Math.max(seq, entry.conversation.peerReadSeq ?? 0);
  return { ...entry, conversation: { ...entry.conversation, peerReadSeq } };
}
