import type { FoundFile } from '../../storage/storage.js';

/** What a parser makes of a file: `undefined` where it is not what its first bytes promise. */
export type Found = FoundFile | undefined;

export function picture(mime: string, ext: string, w: number, h: number): Found {
  return w > 0 && h > 0 ? { kind: 'image', mime, ext, w, h } : undefined;
}
