import { storedEventJson } from '../../chat/log-event.js';
import type { MessageRow } from '../../storage/storage.js';
import type { Command } from '../services.js';

/** Single messages of a log. */
export const messages: Command<'messages'> = ({ chat }, session, frame) => {
  session.answerInTurn(frame, async () => {
    const conversation = await chat.conversations.find(session.account, frame.cid);
    const rows = conversation ? await chat.messages.picked(conversation, frame.seqs, session.account) : [];
    return messagesFrame(frame, rows);
  });
};

/** The frame, with the events as they are put together once. */
export function messagesFrame({ r, cid }: { r: number; cid: string }, rows: readonly MessageRow[]): string {
  return `{"t":"messages","r":${r},"cid":"${cid}","events":[${rows.map(storedEventJson).join(',')}]}`;
}
