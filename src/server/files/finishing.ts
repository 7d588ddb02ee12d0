import type { Storage } from '../storage/storage.js';
import { bytesOf, type FileStore } from './file-store.js';
import { UnreadableFileError } from './look/edits.js';
import { look, plainFile } from './look/look.js';
import { extensionOf } from './names.js';
import { noSuchUpload, UploadError } from './upload-error.js';

type Setup = { readonly store: FileStore; readonly storage: Storage; readonly now: () => number };

/** What happens to an upload whose last byte has come: its bytes say what it is, what they should not tell is cleared, and the table learns of it. */
export class Finishing {
  readonly #setup: Setup;
  readonly #running = new Map<string, Promise<void>>();

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /**
   * Can be asked for again and again, also after a crash in the middle; at once it is done once.
   * @throws {UploadError} 404, or 415 for a file that nobody could make sense of, which is gone then
   */
  finish(id: string): Promise<void> {
    let running = this.#running.get(id);
    if (!running) {
      running = this.#finish(id).finally(() => this.#running.delete(id));
      this.#running.set(id, running);
    }
    return running;
  }

  async #finish(id: string): Promise<void> {
    const { store, storage, now } = this.#setup;
    const row = await storage.file(id);
    if (!row || row.state === 'dropped') throw noSuchUpload();
    if (row.state === 'ready') return;
    try {
      const read = async (at: number, length: number): Promise<Buffer> =>
        length > 0 ? bytesOf(await store.read(id, at, at + length)) : Buffer.alloc(0);
      const { found, edits } = await look({ size: row.size, read });
      if (edits.length > 0) await store.edit(id, edits);
      await storage.finishFile(id, found === plainFile ? { ...found, ext: extensionOf(row.name) } : found, now());
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      if (await storage.dropFile(id, row.owner)) {
        await store.remove(id);
        await storage.forgetFile(id);
      }
      throw new UploadError(415, error.message);
    }
  }
}
