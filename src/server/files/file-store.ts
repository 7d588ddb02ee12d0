import type { Readable } from 'node:stream';
import type { DataStore } from '@tus/server';
import type { Edit } from './look/edits.js';

/**
 * Where the bytes of files are. Knows neither owners nor conversations: those are in the store's table. Ids are made here in this server, 32 hex digits
 * by chance, and are the names of what is kept: nothing that a person wrote is.
 */
export interface FileStore {
  /** What the tus server writes uploads into. */
  readonly uploads: DataStore;
  /** How many bytes are there; `undefined` where nothing is known of the file. */
  size(id: string): Promise<number | undefined>;
  /** The bytes `start` up to, and without, `end` of a finished upload. Rejects, or the stream fails, when they are not there. */
  read(id: string, start: number, end: number): Promise<Readable>;
  /** Writes over stretches of a finished upload, in their order; its length stays. All of it, or what was there before; or it fails and is called again. */
  edit(id: string, edits: readonly Edit[]): Promise<void>;
  /** Removes whatever there is of it; nothing is no fault. */
  remove(id: string): Promise<void>;
}

/** All bytes of a stream. */
export async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
