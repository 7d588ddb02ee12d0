import { errorCodes } from '../../protocol/codes.js';
import { ChatError } from '../chat/chat-error.js';
import type { GatewayServices } from './services.js';
import type { Session } from './session.js';

/** Keeps a client that asks faster than it reads from filling the memory. @throws {ChatError} 416 */
export function guardRequested({ tuning }: GatewayServices, session: Session): void {
  if (session.out.requested > tuning.requestedBuffer)
    throw new ChatError(errorCodes.tooFrequent, 'read what you asked for first', 1_000);
}
