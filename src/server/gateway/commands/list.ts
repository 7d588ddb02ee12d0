import { encodeFrame } from '../../../protocol/encode.js';
import { infoOf } from '../../chat/views.js';
import type { Command } from '../services.js';

/** The account's conversations, newest first. */
export const list: Command<'list'> = ({ chat }, session, frame) => {
  const { r, limit, before } = frame;
  session.answerInTurn(frame, async () => {
    const { rows, more } = await chat.views.page(session.account, limit, before);
    return encodeFrame({ t: 'list', r, items: rows.map(infoOf), more });
  });
};
