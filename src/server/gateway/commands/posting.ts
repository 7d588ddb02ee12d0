import { errorCodes } from '../../../protocol/codes.js';
import { ChatError } from '../../chat/chat-error.js';
import type { AppendedMessage } from '../../storage/storage.js';
import type { GatewayServices } from '../services.js';
import type { Session } from '../session.js';

/** What costs as much as sending a message. @throws {ChatError} 503 at the end of the server, 416 for too many */
export function mayPost({ accountRates, clock, inFlight }: GatewayServices, session: Session): void {
  if (inFlight.closing) throw new ChatError(errorCodes.serverBusy, 'this server is about to restart', 1_000);
  const now = clock.now();
  const waitMs = session.sendWait(now) || accountRates.wait(session.account, now);
  if (waitMs > 0) throw new ChatError(errorCodes.tooFrequent, 'too many messages: wait', waitMs);
}

/** Acks to the connection that sent. */
export function ackTo(session: Session, frame: { idClient: string; cid: string }): (appended: AppendedMessage) => void {
  const { idClient, cid } = frame;
  return ({ id, seq, n, time, dup }) =>
    session.send({ t: 'ack', idClient, id, cid, seq, n, time, ...(dup && { dup }) });
}
