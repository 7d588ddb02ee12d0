import type { FileRow } from './cache.js';
import type { Database, WriteTransaction } from './schema.js';

/** The `files` store: the bytes of messages that are not stored yet. Apart from the outbox, which is read whole at every start. */
export function putFiles(tx: WriteTransaction, files: readonly FileRow[]): Promise<unknown>[] {
  return files.map(async (file) => tx.objectStore('files').put(file));
}

export function forgetFiles(tx: WriteTransaction, settled: readonly string[]): Promise<unknown>[] {
  return settled.map(async (idClient) => tx.objectStore('files').delete(idClient));
}

/** `undefined` also for a damaged record: there is nothing to upload then. */
export async function fileOf(db: Database, idClient: string): Promise<FileRow | undefined> {
  const row = await db.get('files', idClient);
  return row?.file instanceof Blob && (row.thumbnail === undefined || row.thumbnail instanceof Blob) ? row : undefined;
}
