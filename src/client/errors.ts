import { errorCodes } from '../protocol/codes.js';

/** Something that was asked for and did not happen. `code` is one of the protocol's `errorCodes`. */
export class ChatError extends Error {
  override readonly name: string = 'ChatError';
  constructor(
    readonly code: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Thrown by `getToken` when nobody but a person can help: the client ends the connection and does not ask again. */
export class UnauthorizedError extends ChatError {
  override readonly name = 'UnauthorizedError';
  constructor(message = 'the token was refused', options?: ErrorOptions) {
    super(errorCodes.wrongToken, message, options);
  }
}

/**
 * `unavailable`: this browser or mode has no database. `blocked`: it did not open in time. `closed`: it was taken away while
 * open. `quota`: the disk is full. `failed`: anything else.
 */
export type CacheFault = 'unavailable' | 'blocked' | 'closed' | 'quota' | 'failed';

/** The cache gave up. The client goes on in memory; what is not sent yet lives only as long as the page. */
export class CacheError extends Error {
  override readonly name = 'CacheError';
  constructor(
    readonly code: CacheFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
