import { DetailedError, Upload, type HttpRequest } from 'tus-js-client';
import { UnauthorizedError } from '../errors.js';
import { blobReader } from './blob-source.js';

/** One request has so much: a token that was taken back ends an upload after as much at the latest, and a proxy's limits are rarely below. */
const pieceBytes = 16 * 1024 * 1024;

export type TransferSetup = {
  readonly endpoint: string;
  readonly account: string;
  readonly blob: Blob;
  readonly name: string;
  /** The server's id of an upload that was begun before. */
  readonly id?: string | undefined;
  readonly signal: AbortSignal;
  /** Asked before each request. */
  readonly token: () => Promise<string>;
  readonly onId: (id: string) => void;
  readonly onProgress: (sent: number) => void;
};

/** An upload did not go through: `status` of the server's answer, `undefined` where there was none. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  constructor(
    readonly status: number | undefined,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Uploads a file by tus, or what is missing of it. No tries of its own beyond that: whoever asks decides when it is tried again.
 * @returns what the server found it to be
 * @throws {TransferError}
 */
export function transfer(setup: TransferSetup): Promise<{ id: string; kind: string }> {
  const { endpoint, account, blob, name, id, signal, token, onId, onProgress } = setup;
  return new Promise((resolve, reject) => {
    let known = id;
    const upload = new Upload(blob, {
      endpoint,
      uploadUrl: id === undefined ? null : endpoint + id,
      metadata: { filename: name },
      chunkSize: pieceBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      fingerprint: () => Promise.resolve(''),
      fileReader: blobReader,
      onBeforeRequest: async (request: HttpRequest) => {
        request.setHeader('authorization', `Bearer ${await token()}`);
        request.setHeader('im-account', account);
      },
      onUploadUrlAvailable: () => {
        const now = upload.url!.slice(upload.url!.lastIndexOf('/') + 1);
        if (now !== known) onId((known = now));
      },
      onProgress: (sent) => onProgress(sent),
      onSuccess: ({ lastResponse }) => resolve({ id: known!, kind: lastResponse.getHeader('im-file-kind') ?? 'file' }),
      onError: (error) => reject(asTransferError(error)),
    });
    const abort = (): void => {
      void upload.abort().catch(() => undefined);
      reject(new TransferError(undefined, 'stopped'));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    upload.start();
  });
}

function asTransferError(error: Error): TransferError | UnauthorizedError {
  const cause = error instanceof DetailedError ? error.causingError : null;
  if (cause instanceof UnauthorizedError) return cause;
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return new TransferError(undefined, error.message, { cause: error });
  return new TransferError(response.getStatus(), wordsOf(response.getBody()), { cause: error });
}

/** The server's words, out of JSON or as they are. */
function wordsOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === 'string' ? error : body.trim();
  } catch {
    return body.trim();
  }
}
