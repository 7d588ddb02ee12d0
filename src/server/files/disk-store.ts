import { createReadStream, mkdirSync } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore as TusFileStore } from '@tus/file-store';
import type { FileStore } from './file-store.js';
import type { Edit } from './look/edits.js';

const zeros = Buffer.alloc(256 * 1024);

/** Files in a directory of their own: `<id>`, and beside it `<id>.json`, which is tus's. */
export class DiskStore implements FileStore {
  readonly uploads: TusFileStore;
  readonly #directory: string;

  /** @throws whatever keeps the directory from being made */
  constructor(directory: string) {
    this.#directory = resolve(directory);
    mkdirSync(this.#directory, { recursive: true });
    this.uploads = new TusFileStore({ directory: this.#directory });
  }

  async size(id: string): Promise<number | undefined> {
    return (await stat(this.#path(id)).catch(missing))?.size;
  }

  async read(id: string, start: number, end: number): Promise<Readable> {
    const path = this.#path(id);
    // So that what is not there is known before anything was answered.
    await stat(path);
    return createReadStream(path, { start, end: end - 1, highWaterMark: zeros.length });
  }

  async edit(id: string, edits: readonly Edit[]): Promise<void> {
    const file = await open(this.#path(id), 'r+');
    try {
      for (const { at, bytes } of edits)
        await (typeof bytes === 'number' ? clear(file, at, bytes) : file.write(bytes, 0, bytes.length, at));
      // What is not to be known must not come back with a power loss.
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  async remove(id: string): Promise<void> {
    const path = this.#path(id);
    await rm(path, { force: true });
    await rm(`${path}.json`, { force: true });
  }

  /** Ids come from the table; one that is none must not lead out of the directory all the same. */
  #path(id: string): string {
    if (!/^[0-9a-f]{32}$/.test(id)) throw new TypeError('not the id of a file');
    return join(this.#directory, id);
  }
}

async function clear(file: FileHandle, at: number, length: number): Promise<void> {
  for (let done = 0; done < length;) {
    const { bytesWritten } = await file.write(zeros, 0, Math.min(zeros.length, length - done), at + done);
    done += bytesWritten;
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
