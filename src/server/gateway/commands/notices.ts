import { encodeFrame } from '../../../protocol/encode.js';
import type { Command } from '../services.js';

/** The account's notices, and how far it has read them. */
export const notices: Command<'notices'> = ({ chat }, session, frame) => {
  const { r, limit, before, read } = frame;
  session.answerInTurn(frame, async () => {
    if (read !== undefined) await chat.notices.markRead(session.account, read);
    return encodeFrame({ t: 'notices', r, ...(await chat.notices.page(session.account, limit, before)) });
  });
};
