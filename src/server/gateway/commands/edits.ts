import { encodeFrame } from '../../../protocol/encode.js';
import type { Command } from '../services.js';

/** What a message said before. */
export const edits: Command<'edits'> = ({ chat }, session, frame) => {
  session.answerInTurn(frame, async () =>
    encodeFrame({ t: 'edits', r: frame.r, edits: await chat.actions.edits(session.account, frame.cid, frame.seq) }),
  );
};
