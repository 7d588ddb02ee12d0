import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MemoryLocker, Server } from '@tus/server';
import type { Clock } from '../clock.js';
import { AccountRates } from '../gateway/account-rates.js';
import type { Storage } from '../storage/storage.js';
import type { Tuning } from '../tuning.js';
import type { FileStore } from './file-store.js';
import type { Finishing } from './finishing.js';
import { cleanName } from './names.js';
import { asUploadError, UploadError } from './upload-error.js';

export type TusSetup = {
  readonly store: FileStore;
  readonly storage: Storage;
  readonly finishing: Finishing;
  readonly clock: Clock;
  readonly tuning: Tuning;
  /** Told what is our own fault. */
  readonly onFault: (error: unknown) => void;
};

/** Says what a file turned out to be: `image`, `audio`, `video` or `file`. On the answer to its last byte, and to a HEAD after that. */
export const kindHeader = 'im-file-kind';

type Metadata = Readonly<Record<string, string | null>>;

const dayMs = 24 * 3_600_000;

/** The tus protocol's own part: creation and bytes. Who may, was asked before; what an account may, is asked here. */
export class TusServer {
  readonly #setup: TusSetup;
  readonly #rates: AccountRates;
  readonly #server: Server;
  /** Whose the requests are. */
  readonly #callers = new WeakMap<object, string>();

  constructor(setup: TusSetup) {
    const { store, storage, finishing, tuning } = setup;
    this.#setup = setup;
    this.#rates = new AccountRates(tuning.uploadsPerAccount);
    this.#server = new Server({
      path: '/files',
      datastore: store.uploads,
      locker: new MemoryLocker(),
      maxSize: tuning.maxFileBytes,
      // Who may is decided, and said, before a request comes here.
      allowedOrigins: () => false,
      exposedHeaders: [kindHeader],
      namingFunction: () => randomBytes(16).toString('hex'),
      // Relative to the endpoint, wherever a proxy has put that.
      generateUrl: (_request, { id }) => id,
      getFileIdFromRequest: (request) => /^\/files\/([0-9a-f]{32})$/.exec(new URL(request.url).pathname)?.[1],
      onUploadCreate: async (request, { id, size, metadata }) => ({
        metadata: { filename: await this.#create(id, size, metadata, request.runtime?.node?.req) },
      }),
      onUploadFinish: async (_request, { id }) => {
        await finishing.finish(id);
        return { headers: { [kindHeader]: (await storage.file(id))?.kind ?? '' } };
      },
      onResponseError: (_request, error) => this.#answer(error),
    });
  }

  /** Answers a creation, a piece, or the question how far it came. */
  async handle(account: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#callers.set(request, account);
    await this.#server.handle(request, response);
  }

  /** @returns the name as it is kept */
  async #create(
    id: string,
    size: number | undefined,
    metadata: Metadata | undefined,
    request: object | undefined,
  ): Promise<string> {
    const { storage, clock, tuning } = this.#setup;
    const owner = request && this.#callers.get(request);
    if (owner === undefined) throw new UploadError(401, 'nobody is signed in');
    const name = nameIn(metadata ?? {});
    if (size === undefined) throw new UploadError(400, 'Upload-Length: the size of the file is told at its beginning');
    if (size === 0) throw new UploadError(400, 'Upload-Length: the file is empty');
    const time = clock.now();
    if (this.#rates.wait(owner, time) > 0) throw new UploadError(429, 'too many uploads: wait');
    const { uploadsUnfinished: unfinished, uploadBytesPerDay: bytes } = tuning;
    const begun = await storage.beginFile({ id, owner, name, size, time }, { unfinished, bytes, since: time - dayMs });
    if (begun === 'unfinished') throw new UploadError(429, 'too many uploads are not finished: wait');
    if (begun === 'bytes') throw new UploadError(413, 'this is more than the account may upload in a day');
    return name;
  }

  #answer(error: unknown): { status_code: number; body: string } {
    // tus's own have these two, and some are no errors by class.
    if (typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error)
      return { status_code: Number(error.status_code), body: String(error.body) };
    const told = asUploadError(error);
    if (told.status_code === 500) this.#setup.onFault(error);
    return told;
  }
}

/** Upload-Metadata: the name, and what a client may say beside it that is not believed. */
const knownKeys = new Set(['filename', 'filetype']);

function nameIn(metadata: Metadata): string {
  for (const [key, value] of Object.entries(metadata))
    if (!knownKeys.has(key) || (value?.length ?? 0) > 1_024)
      throw new UploadError(400, 'Upload-Metadata: filename and filetype, at most 1,024 characters each');
  return cleanName(metadata['filename'] ?? '');
}
