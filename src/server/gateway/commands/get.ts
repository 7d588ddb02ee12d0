import type { ClientFrameOf } from '../../../protocol/frames.js';
import { limits } from '../../../protocol/limits.js';
import type { Chat } from '../../chat/chat.js';
import { sinceOf } from '../../chat/conversations.js';
import { storedEventJson } from '../../chat/log-event.js';
import type { Command } from '../services.js';

const defaultLimit = 50;

/** A stretch of a conversation's log. */
export const get: Command<'get'> = ({ chat }, session, frame) => {
  session.answerInTurn(frame, () => page(chat, session.account, frame));
};

async function page({ conversations, messages }: Chat, account: string, frame: ClientFrameOf<'get'>): Promise<string> {
  const conversation = await conversations.find(account, frame.cid);
  const head = conversation ? await messages.head(conversation.id) : 0;
  const range = rangeOf(frame, head);
  const { to } = range;
  const since = conversation ? sinceOf(conversation, account) : 0;
  const rows = conversation ? await messages.range(conversation.id, Math.max(range.from, since + 1), to, account) : [];
  // What the viewer may not read counts as covered: beyond it there is nothing.
  const from = range.from <= since + 1 ? 1 : range.from;
  const events = rows.map(storedEventJson).join(',');
  return `{"t":"page","r":${frame.r},"cid":"${frame.cid}","from":${from},"to":${to},"head":${head},"events":[${events}]}`;
}

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
