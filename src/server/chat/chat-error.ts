import { errorCodes, type ErrorCode } from '../../protocol/codes.js';
import { IdReusedError, StorageBusyError } from '../storage/storage.js';

/** Something that may not be done, or not now: a code and words for the one who asked. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** When the same may be tried again, milliseconds; absent where that would not help. */
    readonly afterMs?: number,
  ) {
    super(message);
  }
}

const busyMs = 2_000;

/**
 * Sorts what a handler threw: ours stay as they are, the store's become codes, anything else is our own fault and tells nothing of
 * itself. After those one may try again, since nobody knows whether it was stored, and a repeat does no harm.
 */
export function asChatError(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof IdReusedError)
    return new ChatError(errorCodes.repeated, 'this idClient was used before, for another message');
  if (error instanceof StorageBusyError)
    return new ChatError(errorCodes.serverBusy, 'the store is busy or full: try again', busyMs);
  return new ChatError(errorCodes.serverError, 'the server failed at this: try again', busyMs);
}

/** One answer for what is not there and for what one may not see, so that neither can be told from the other. */
export function notFound(what: string): ChatError {
  return new ChatError(errorCodes.notFound, `there is no such ${what}`);
}
