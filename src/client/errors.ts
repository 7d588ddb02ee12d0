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
 * open. `newer`: a newer version of the page has it. `quota`: the disk is full. `damaged`: messages that waited in it to be sent
 * cannot be read any more. `failed`: anything else.
 */
export type CacheFault = 'unavailable' | 'blocked' | 'closed' | 'newer' | 'quota' | 'damaged' | 'failed';

/**
 * The browser's database failed. The client goes on in memory, and returns to a database as soon as there is one again; what that
 * means for what is not sent yet, `client.storage` says.
 */
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
