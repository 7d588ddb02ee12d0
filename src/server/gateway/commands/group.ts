import { errorCodes } from '../../../protocol/codes.js';
import { encodeFrame } from '../../../protocol/encode.js';
import { ChatError } from '../../chat/chat-error.js';
import type { Command } from '../services.js';

/** What only reads. */
const questions: ReadonlySet<string> = new Set(['info', 'members', 'readers']);

/** Anything about a group but its messages. */
export const group: Command<'group'> = ({ chat, clock, accountRates, inFlight }, session, frame) => {
  const { r, call } = frame;
  const run = () => chat.groups.run({ account: session.account }, call);
  if (questions.has(call.act))
    return session.answerInTurn(frame, async () => encodeFrame({ t: 'group', r, ...(await run()) }));
  if (inFlight.closing) throw new ChatError(errorCodes.serverBusy, 'this server is about to restart', 1_000);
  // A change costs the store about what a message costs.
  const waitMs = accountRates.wait(session.account, clock.now());
  if (waitMs > 0) throw new ChatError(errorCodes.tooFrequent, 'too many changes: wait', waitMs);
  return run().then((reply) => session.send({ t: 'group', r, ...reply }));
};
