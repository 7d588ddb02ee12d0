import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';
import { isTurned, orientationOf, strippedTiff } from './exif.js';
import { picture, type Found } from './found.js';

const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ICCP', 'ALPH', 'ANIM', 'ANMF']);
const hasExif = 0x08;
const hasXmp = 0x04;

/** WebP: https://developers.google.com/speed/webp/docs/riff_container. Clears XMP, EXIF but for the orientation, and what is not known. */
export async function webp(bytes: Bytes, edits: Edits): Promise<Found> {
  const riff = await bytes.at(0, 12);
  const end = Math.min(bytes.size, 8 + riff.readUInt32LE(4));
  let size: { w: number; h: number } | undefined;
  let flagsAt: number | undefined;
  let flags = 0;
  let turned = false;
  for (let at = 12; at + 8 <= end;) {
    edits.step();
    const head = await bytes.at(at, 18);
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    const next = Math.min(at + 8 + length, bytes.size);
    size ??= sizeOf(type, head.subarray(8));
    if (type === 'VP8X') {
      flagsAt = at + 8;
      flags = (head[8] ?? 0) & ~(hasExif | hasXmp);
    } else if (type === 'EXIF' && length <= 65_536 && !turned) {
      const data = await bytes.at(at + 8, length);
      const start = data.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
      const tiff = data.subarray(start);
      turned = isTurned(orientationOf(tiff));
      if (orientationOf(tiff) > 1) flags |= hasExif;
      edits.put(at + 8 + start, strippedTiff(tiff, tiff.length));
    } else if (!kept.has(type)) edits.clear(at + 8, next);
    at += 8 + length + (length % 2);
  }
  edits.clear(end, bytes.size);
  if (flagsAt !== undefined) edits.put(flagsAt, Buffer.from([flags]));
  if (!size) return undefined;
  return turned ? picture('image/webp', 'webp', size.h, size.w) : picture('image/webp', 'webp', size.w, size.h);
}

function sizeOf(type: string, data: Buffer): { w: number; h: number } | undefined {
  if (data.length < 10) return undefined;
  if (type === 'VP8X') return { w: data.readUIntLE(4, 3) + 1, h: data.readUIntLE(7, 3) + 1 };
  if (type === 'VP8 ') return { w: data.readUInt16LE(6) & 0x3fff, h: data.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L') return undefined;
  const bits = data.readUInt32LE(1);
  return { w: (bits & 0x3fff) + 1, h: ((bits >>> 14) & 0x3fff) + 1 };
}
