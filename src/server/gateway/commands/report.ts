import { errorCodes } from '../../../protocol/codes.js';
import { ChatError } from '../../chat/chat-error.js';
import type { Command } from '../services.js';

/** Reports a message to the operator. */
export const report: Command<'report'> = async (services, session, { r, cid, seq, reason }) => {
  const waitMs = services.reportRates.wait(session.account, services.clock.now());
  if (waitMs > 0) throw new ChatError(errorCodes.tooFrequent, 'too many reports: wait', waitMs);
  await services.chat.ownSight.report(session.account, cid, seq, reason);
  session.send({ t: 'done', r });
};
