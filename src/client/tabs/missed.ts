import { limits } from '../../protocol/limits.js';
import type { ResumePoint, ServerFrame, ServerFrameOf } from '../../protocol/frames.js';
import type { Notice } from '../../protocol/groups.js';
import type { ConversationInfo, WireMessage } from '../../protocol/model.js';
import type { Message } from '../../protocol/message.js';
import type { Cache } from '../cache/cache.js';
import { runUpTo } from '../runs.js';
import type { Entry } from '../store/entry.js';

/** How many of the newest a tab gets of a conversation that it knows nothing of, or is too far behind in. */
const freshPage = 20;

/** How far the leader is: what it would resume with itself. */
export type Standing = {
  readonly u: number;
  readonly more: boolean;
  readonly entries: readonly Entry[];
  /** What this account has deleted for itself since this tab began, by conversation. */
  readonly deleted: ReadonlyMap<string, ReadonlySet<number>>;
  readonly notices?: readonly Notice[];
  readonly noticesRead?: number;
};

/**
 * What a tab missed that left off at `point`, out of the leader's memory and cache instead of the server's log, in the same frames.
 * All of the leader's standing is taken at one moment; what comes after it has to follow.
 */
export async function missedFrames(
  welcome: ServerFrameOf<'welcome'>,
  { u, more, entries, deleted, notices = [], noticesRead = 0 }: Standing,
  cache: Pick<Cache, 'events'>,
  point: ResumePoint | undefined,
): Promise<ServerFrame[]> {
  const heads = new Map(point?.heads);
  const foreign =
    point !== undefined &&
    (point.epoch !== welcome.epoch ||
      point.u > u ||
      entries.some(({ conversation: { id }, head }) => head !== undefined && (heads.get(id) ?? 0) > head));
  if (foreign) heads.clear();
  const isNews = ({ conversation, head }: Entry): boolean =>
    heads.get(conversation.id) !== (head ?? conversation.lastSeq) || point?.u !== u || foreign;
  const syncs = entries.filter(isNews).map((entry) => syncFrame(entry, cache, heads.get(entry.conversation.id)));
  return [
    { ...welcome, u },
    ...(foreign ? [{ t: 'reset' } as const] : []),
    ...(point !== undefined && point.u < u ? deletedFrames(deleted, u) : []),
    ...(await Promise.all(syncs)),
    ...(point?.u === u ? [] : noticeFrames(notices, noticesRead)),
    { t: 'synced', u, more },
  ];
}

/** In a tab that was asleep they may still be shown. */
function deletedFrames(deleted: Standing['deleted'], u: number): ServerFrame[] {
  return [...deleted].map(([cid, seqs]) => ({ t: 'user', event: { kind: 'deleted', u, cid, seqs: [...seqs] } }));
}

/** Of which it is not known since when they are as they are: all. Number 0 moves nobody's cursor. */
function noticeFrames(notices: readonly Notice[], num: number): ServerFrameOf<'user'>[] {
  return [
    ...notices.map((notice) => ({ t: 'user' as const, event: { kind: 'notice' as const, u: 0, notice } })),
    ...(num > 0 ? [{ t: 'user' as const, event: { kind: 'notices-read' as const, u: 0, num } }] : []),
  ];
}

async function syncFrame(
  { conversation, head: own, confirmedRead }: Entry,
  cache: Pick<Cache, 'events'>,
  head: number | undefined,
): Promise<ServerFrameOf<'sync'>> {
  const { id, lastSeq } = conversation;
  const to = own ?? lastSeq;
  const first = head === undefined || to - head > limits.page ? Math.max(to - freshPage + 1, 1) : head + 1;
  const events = runUpTo(await cache.events(id, first, to), to);
  const from = events[0]?.seq ?? to + 1;
  return {
    t: 'sync',
    conversation: infoOf(conversation, confirmedRead),
    from,
    to,
    ...(from > (head ?? 0) + 1 && { gap: true }),
    events,
  };
}

function infoOf(conversation: Entry['conversation'], readSeq: number): ConversationInfo {
  const { lastMsg, ...info } = conversation;
  const stored = lastMsg && wireOf(lastMsg);
  const place = lastMsg?.seq !== undefined && lastMsg.seq !== info.lastSeq && { lastMsgSeq: lastMsg.seq };
  return { ...info, readSeq, ...(stored && { lastMsg: stored }), ...(stored && place) };
}

/** The message as the server sent it; `undefined` for one that it does not have yet. */
function wireOf(message: Message): WireMessage | undefined {
  const {
    conversationId: _c,
    scene: _s,
    to: _t,
    flow: _f,
    status: _st,
    seq: _n,
    resend: _r,
    error: _e,
    ...wire
  } = message;
  const { id, mentions, ...rest } = wire;
  return id === undefined ? undefined : ({ ...rest, id, ...(mentions && { mentions: [...mentions] }) } as WireMessage);
}
