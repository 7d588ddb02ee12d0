import type { CloseCode } from '../../protocol/codes.js';

/** A token was not accepted. `code` is the close code that tells the widget which fault it was. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  constructor(
    readonly code: CloseCode,
    message: string,
  ) {
    super(message);
  }
}
