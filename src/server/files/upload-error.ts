import { closeCodes } from '../../protocol/codes.js';
import { AuthError } from '../auth/auth-error.js';
import { StorageBusyError } from '../storage/storage.js';

/** An upload that is refused: the status of the answer, and words. The names are those that the tus server looks for. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  constructor(
    readonly status_code: number,
    readonly body: string,
  ) {
    super(body);
  }
}

/** Sorts what went wrong into answers; what is our own fault tells nothing of itself. */
export function asUploadError(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  if (error instanceof AuthError) return new UploadError(statusOf(error), error.message);
  if (error instanceof StorageBusyError) return new UploadError(503, 'the store is busy or full: try again');
  return new UploadError(500, 'the server failed at this: try again');
}

/** One answer for what is not there and for what is somebody else's. */
export function noSuchUpload(): UploadError {
  return new UploadError(404, 'there is no such upload');
}

function statusOf({ code }: AuthError): number {
  if (code === closeCodes.busy) return 503;
  return code === closeCodes.accountDisabled ? 403 : 401;
}
