import { errorCodes } from '../../protocol/codes.js';
import { fileIdOf } from '../../protocol/ids.js';
import type { FileInfo } from '../../protocol/model.js';
import type { Message } from '../../protocol/message.js';
import type { FileDraft } from '../api.js';
import type { Cache } from '../cache/cache.js';
import { ChatError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Outbox } from '../outbox.js';
import type { Requests } from '../requests.js';
import { asError } from '../store/emitter.js';
import { FileLinks } from './file-links.js';
import { LocalFiles } from './local-files.js';
import type { Uploads } from './uploads.js';

type Parts = {
  readonly settings: Settings;
  readonly cache: Pick<Cache, 'file'>;
  readonly outbox: Outbox;
  readonly requests: Requests;
  readonly onFault: (error: Error) => void;
};

/** Files in messages: what goes up, and where it is to be seen. What uploads is loaded when there is something to upload. */
export class Files {
  readonly local: LocalFiles;
  readonly #parts: Parts;
  readonly #links: FileLinks;
  /** The server's address, with a slash at the end. */
  readonly #base: string;
  #uploads: Promise<Uploads> | undefined;
  #online = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#base = parts.settings.url.replace(/^ws/, 'http').replace(/ws$/, '');
    this.local = new LocalFiles(parts.cache);
    this.#links = new FileLinks(parts.settings, parts.requests);
  }

  /** @throws {ChatError} */
  async send(
    cid: string,
    file: Blob,
    draft: FileDraft,
    thumbnail: Blob | undefined,
    maxBytes: number,
  ): Promise<Message> {
    if (file.size === 0) throw new ChatError(errorCodes.badParameter, 'the file is empty');
    if (file.size > maxBytes)
      throw new ChatError(errorCodes.tooLarge, `the file has ${file.size} bytes, and ${maxBytes} are allowed`);
    const { name, w, h, duration, peaks, ...rest } = draft;
    const info: FileInfo = {
      ...{ url: '', name: shortName(name), size: file.size, ext: extensionOf(name), mime: file.type.slice(0, 128) },
      ...(w !== undefined && { w: Math.round(w) }),
      ...(h !== undefined && { h: Math.round(h) }),
      ...(duration !== undefined && { duration: Math.round(duration) }),
      ...(peaks && { peaks: peaks.slice(0, 64).map((peak) => Math.min(100, Math.max(0, Math.round(peak)))) }),
    };
    return this.#parts.outbox.sendFile(cid, { ...rest, file: info }, file, thumbnail);
  }

  /** Something in the outbox has to be uploaded. */
  wake(): void {
    this.#with((uploads) => uploads.pump(), true);
  }

  online(): void {
    this.#online = true;
    const isWaiting = this.#parts.outbox.rows().some(({ upload }) => upload && !upload.done);
    this.#with((uploads) => uploads.online(), isWaiting);
  }

  offline(): void {
    this.#online = false;
    this.#with((uploads) => uploads.offline());
  }

  close(): void {
    this.#online = false;
    this.#with((uploads) => uploads.close());
    this.#uploads = undefined;
    this.local.close();
  }

  pause(idClient: string): void {
    const upload = this.#parts.outbox.row(idClient)?.upload;
    if (!upload || upload.done || upload.paused) return;
    void this.#parts.outbox.setUpload(idClient, { paused: true });
    const show = (sent: number): void =>
      this.#parts.outbox.showUpload(idClient, { state: 'paused', sent, total: upload.total });
    this.#with((uploads) => {
      show(uploads.sent(idClient));
      uploads.stop(idClient);
    }, true);
  }

  resume(idClient: string): void {
    const row = this.#parts.outbox.row(idClient);
    if (row?.status === 'fail') return void this.#parts.outbox.resend(idClient);
    if (!row?.upload?.paused) return;
    void this.#parts.outbox.setUpload(idClient, { paused: false });
    this.#parts.outbox.showUpload(idClient, { state: 'waiting', sent: 0, total: row.upload.total });
    this.wake();
  }

  /** Nothing of it is wanted any more, here or there. */
  discard(idClient: string): void {
    const { upload } = this.#parts.outbox.row(idClient) ?? {};
    if (!upload) return;
    this.local.settled(idClient);
    this.#with((uploads) => {
      uploads.stop(idClient);
      // Without a link it cannot be said; the server finds it in a day.
      uploads.forget([upload.file, upload.thumbnail]).catch(() => undefined);
    }, true);
  }

  /** @throws {ChatError} 404 */
  async url(
    message: Message | { readonly conversationId: string; readonly file: FileInfo },
    which: 'file' | 'thumbnail' | 'download',
  ): Promise<string> {
    const { conversationId, file } = message;
    const half = which === 'thumbnail' ? 'thumbnail' : 'file';
    const path = half === 'thumbnail' ? file?.thumbnail : file?.url;
    const id = fileIdOf(path ?? '');
    if (id === undefined) {
      // Not uploaded yet. An address of somebody else's is nothing that this client asks anybody for.
      const local = 'idClient' in message ? await this.local.url(message.idClient, half) : undefined;
      if (local !== undefined) return local;
      throw new ChatError(errorCodes.notFound, 'there is no such file');
    }
    const known = which === 'download' ? undefined : this.local.urlOf(id);
    if (known !== undefined) return known;
    const link = this.#base + (await this.#links.get(conversationId, id)).slice(1);
    return which === 'download' ? `${link}&download=1` : link;
  }

  /** @param load also where nothing was uploaded yet */
  #with(work: (uploads: Uploads) => void, load = false): void {
    if (!this.#uploads && !load) return;
    this.#uploads ??= this.#load();
    this.#uploads.then(work).catch((cause: unknown) => this.#parts.onFault(asError(cause)));
  }

  async #load(): Promise<Uploads> {
    try {
      const { Uploads } = await import('./uploads.js');
      const uploads = new Uploads({
        settings: this.#parts.settings,
        outbox: this.#parts.outbox,
        endpoint: `${this.#base}files/`,
        bytes: (idClient) => this.local.bytes(idClient),
        onUploaded: (idClient, half, id) => this.local.uploaded(idClient, half, id),
      });
      if (this.#online) uploads.online();
      return uploads;
    } catch (cause) {
      // A server that was replaced meanwhile has other chunks: asked for again next time.
      this.#uploads = undefined;
      throw cause;
    }
  }
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,16})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** As long as the protocol takes, with its ending. */
function shortName(name: string): string {
  const bare = name.replaceAll('\0', '') || 'file';
  return bare.length <= 200 ? bare : `${bare.slice(0, 180).replace(/[\ud800-\udbff]$/, '')}.${extensionOf(bare)}`;
}
