import { errorCodes } from '../../protocol/codes.js';
import { fileUrl } from '../../protocol/ids.js';
import { backoff } from '../backoff.js';
import type { FileRow, OutboxRow } from '../cache/cache.js';
import { Timers } from '../clock.js';
import { UnauthorizedError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Outbox } from '../outbox.js';
import { TokenProvider } from '../token-provider.js';
import { TransferError, transfer } from './transfer.js';

export type UploadsSetup = {
  readonly settings: Settings;
  readonly outbox: Outbox;
  /** Where the server's files are, with a slash at the end. */
  readonly endpoint: string;
  /** The bytes of a message. */
  readonly bytes: (idClient: string) => Promise<FileRow | undefined>;
  /** The server has it under this id. */
  readonly onUploaded: (idClient: string, half: 'file' | 'thumbnail', id: string) => void;
};

/** At most so many at once, one a conversation. */
const atOnce = 3;
/** Progress is told at most so often, ms. */
const progressEvery = 100;

/** Uploads the files of the outbox: in each conversation one after the other, in order, until it is done, however often the network breaks. */
export class Uploads {
  readonly #setup: UploadsSetup;
  readonly #timers: Timers;
  readonly #tokens: TokenProvider;
  /** `idClient` → what stops it. */
  readonly #running = new Map<string, AbortController>();
  /** `idClient` → how far it came, and how often it failed since it last moved. */
  readonly #progress = new Map<string, { sent: number; failures: number }>();
  #online = false;

  constructor(setup: UploadsSetup) {
    this.#setup = setup;
    this.#timers = new Timers(setup.settings.clock);
    this.#tokens = new TokenProvider(setup.settings);
  }

  /** There is a link to the server: whatever waits is tried at once. */
  online(): void {
    this.#online = true;
    this.#timers.clear();
    this.pump();
  }

  /** What is under way may come through nevertheless; nothing new is begun. */
  offline(): void {
    this.#online = false;
  }

  close(): void {
    this.offline();
    this.#timers.clear();
    for (const idClient of [...this.#running.keys()]) this.stop(idClient);
  }

  /** Begins what is next. */
  pump(): void {
    const rows = this.#setup.outbox
      .rows()
      .filter(({ upload, status }) => upload && !upload.done && status === 'sending');
    const busy = new Set(rows.filter(({ idClient }) => this.#running.has(idClient)).map(({ cid }) => cid));
    for (const row of rows.sort((a, b) => a.order - b.order)) {
      if (!this.#online || this.#running.size >= atOnce) return;
      if (busy.has(row.cid) || row.upload!.paused) continue;
      busy.add(row.cid);
      if (!this.#timers.has(row.idClient)) void this.#upload(row);
    }
  }

  /** Bytes of it that are at the server, as far as is known. */
  sent(idClient: string): number {
    return this.#progress.get(idClient)?.sent ?? 0;
  }

  stop(idClient: string): void {
    this.#timers.cancel(idClient);
    this.#progress.delete(idClient);
    this.#running.get(idClient)?.abort();
  }

  /** Tells the server that an upload is not wanted any more. Should it not hear it, it finds out by itself in a day. */
  async forget(ids: readonly (string | undefined)[]): Promise<void> {
    const { settings, endpoint } = this.#setup;
    for (const id of ids)
      if (id !== undefined) {
        const headers = { ...(await this.#headers(new AbortController().signal)), 'tus-resumable': '1.0.0' };
        await settings.fetch(endpoint + id, { method: 'DELETE', headers });
      }
  }

  async #headers(signal: AbortSignal): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.#tokens.get(signal)}`, 'im-account': this.#setup.settings.account };
  }

  async #upload(row: OutboxRow): Promise<void> {
    const { idClient } = row;
    const stop = new AbortController();
    this.#running.set(idClient, stop);
    try {
      await this.#carry(row, stop.signal);
      this.#progress.delete(idClient);
    } catch (cause) {
      if (!stop.signal.aborted) this.#failed(row, cause);
    } finally {
      if (this.#running.get(idClient) === stop) this.#running.delete(idClient);
      this.pump();
    }
  }

  /** The small picture first, so that nothing is missing when the message goes. */
  async #carry({ idClient, type, body, upload }: OutboxRow, signal: AbortSignal): Promise<void> {
    const { outbox, bytes, onUploaded } = this.#setup;
    const found = await bytes(idClient);
    if (!found)
      return outbox.refuse(idClient, { code: errorCodes.notFound, message: 'the file is not there any more' });
    if (signal.aborted) return;
    const { total } = upload!;
    outbox.showUpload(idClient, { state: 'uploading', sent: this.sent(idClient), total });
    const { name } = body.file!;
    let thumbnail: string | undefined;
    if (found.thumbnail) {
      const onId = (id: string): void => void outbox.setUpload(idClient, { thumbnail: id });
      const common = { blob: found.thumbnail, name: `${name}.thumbnail`, id: upload!.thumbnail, onId };
      thumbnail = (await this.#transfer({ ...common, onProgress: () => undefined, signal })).id;
    }
    const onProgress = this.#teller(idClient, total);
    const onId = (id: string): void => void outbox.setUpload(idClient, { file: id });
    const { id, kind } = await this.#transfer({ blob: found.file, name, id: upload!.file, onId, onProgress, signal });
    if (signal.aborted) return;
    onUploaded(idClient, 'file', id);
    if (thumbnail !== undefined) onUploaded(idClient, 'thumbnail', thumbnail);
    const file = { ...body.file!, url: fileUrl(id), ...(thumbnail !== undefined && { thumbnail: fileUrl(thumbnail) }) };
    // What a page cannot show is sent all the same, to be saved.
    await outbox.setUpload(idClient, { done: true }, { type: kind === type ? type : 'file', file });
  }

  #transfer(
    what: Pick<Parameters<typeof transfer>[0], 'blob' | 'name' | 'id' | 'onId' | 'onProgress' | 'signal'>,
  ): Promise<{ id: string; kind: string }> {
    const { settings, endpoint } = this.#setup;
    const token = (): Promise<string> => this.#tokens.get(what.signal);
    return transfer({ ...what, endpoint, account: settings.account, token });
  }

  #teller(idClient: string, total: number): (sent: number) => void {
    const { settings, outbox } = this.#setup;
    let told = -Infinity;
    return (sent) => {
      if (this.#running.has(idClient)) this.#progress.set(idClient, { sent, failures: 0 });
      const now = settings.clock.now();
      if (now - told < progressEvery || !this.#running.has(idClient)) return;
      told = now;
      outbox.showUpload(idClient, { state: 'uploading', sent, total });
    };
  }

  /** What will not be otherwise next time ends it, in sight; the rest is tried again. */
  #failed({ idClient, upload }: OutboxRow, cause: unknown): void {
    const { settings, outbox } = this.#setup;
    if (cause instanceof UnauthorizedError) return outbox.refuse(idClient, cause);
    const { status, message } = cause instanceof TransferError ? cause : { status: undefined, message: String(cause) };
    if (status === 401) this.#tokens.invalidate();
    if ([400, 403, 413, 415].includes(status ?? 0)) return outbox.refuse(idClient, { code: codeOf(status!), message });
    const { sent, failures } = this.#progress.get(idClient) ?? { sent: 0, failures: 0 };
    this.#progress.set(idClient, { sent, failures: failures + 1 });
    const { reconnectMin: min, reconnectMax: max } = settings.timing;
    this.#timers.set(idClient, backoff(failures, { min, max }, settings.random), () => this.pump());
    outbox.showUpload(idClient, { state: 'waiting', sent, total: upload!.total }, true);
  }
}

function codeOf(status: number): number {
  const known: readonly number[] = Object.values(errorCodes);
  return known.includes(status) ? status : errorCodes.badParameter;
}
