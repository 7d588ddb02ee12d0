import type { ClientFrameOf } from '../../../protocol/frames.js';
import { limits } from '../../../protocol/limits.js';
import { storedEventJson } from '../../chat/log-event.js';
import { guardRequested } from '../guard-requested.js';
import type { Command } from '../services.js';

const defaultLimit = 50;

/** A stretch of a conversation's log. */
export const get: Command<'get'> = async (services, session, frame) => {
  guardRequested(services, session);
  const { chat } = services;
  const conversation = await chat.conversations.find(session.account, frame.cid);
  const head = conversation ? await chat.messages.head(conversation.id) : 0;
  const { from, to } = rangeOf(frame, head);
  const rows = conversation ? await chat.messages.range(conversation.id, from, to) : [];
  const events = rows.map(storedEventJson).join(',');
  session.out.sendRequested(
    `{"t":"page","r":${frame.r},"cid":"${frame.cid}","from":${from},"to":${to},"head":${head},"events":[${events}]}`,
  );
};

type Range = { readonly from: number; readonly to: number };

/** `from` forwards, anything else backwards from `to`, from below `before`, or from the head. */
function rangeOf({ from, to, before, limit }: ClientFrameOf<'get'>, head: number): Range {
  if (from !== undefined) {
    const first = Math.min(Math.max(from, 1), head + 1);
    return { from: first, to: Math.min(to ?? head, head, first + (limit ?? limits.page) - 1) };
  }
  const last = Math.max(Math.min(to ?? head, before === undefined ? head : before - 1, head), 0);
  return { from: Math.max(last - (limit ?? defaultLimit) + 1, 1), to: last };
}
