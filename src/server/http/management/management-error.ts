import { errorCodes, type ErrorCode } from '../../../protocol/codes.js';

/** A management call that is refused. HTTP says 200 all the same; the body has the code. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export function badParameter(message: string): ManagementError {
  return new ManagementError(errorCodes.badParameter, message);
}
