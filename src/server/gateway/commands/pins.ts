import type { Command } from '../services.js';
import { messagesFrame } from './messages.js';

/** The pinned messages of a conversation. */
export const pins: Command<'pins'> = ({ chat }, session, frame) => {
  session.answerInTurn(frame, async () => messagesFrame(frame, await chat.actions.pins(session.account, frame.cid)));
};
