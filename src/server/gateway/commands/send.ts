import { errorCodes } from '../../../protocol/codes.js';
import { ChatError } from '../../chat/chat-error.js';
import type { Command } from '../services.js';

/** Stores a message. The ack goes out after its commit; frames behind it are not held up. */
export const send: Command<'send'> = (services, session, frame) => {
  const { accountRates, chat, clock, customHooks, inFlight, metrics } = services;
  if (inFlight.closing) throw new ChatError(errorCodes.serverBusy, 'this server is about to restart', 1_000);
  const now = clock.now();
  const waitMs = session.sendWait(now) || accountRates.wait(session.account, now);
  if (waitMs > 0) throw new ChatError(errorCodes.tooFrequent, 'too many messages: wait', waitMs);
  const post = (): Promise<void> =>
    chat.messages.post(session.account, frame, session.connection, ({ id, seq, n, time, dup }) => {
      // Put together by hand: nothing in it needs escaping, and it is the frame that is sent most.
      session.out.send(
        `{"t":"ack","idClient":"${frame.idClient}","id":"${id}","cid":"${frame.cid}",` +
          `"seq":${seq},"n":${n},"time":${time}${dup ? ',"dup":true' : ''}}`,
      );
      metrics.acked(dup, clock.now() - now);
    });
  if (frame.type !== 'custom' || !customHooks) return post();
  return customHooks.through(session.account, frame, post);
};
