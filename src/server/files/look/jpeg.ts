import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';
import { isTurned, orientationOf, strippedTiff } from './exif.js';
import { picture, type Found } from './found.js';

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const comment = 0xfe;
const exif = 'Exif\0\0';

/** Segments that say how the picture is to be drawn. Everything else that an application adds is cleared. */
const kept: ReadonlyMap<number, string> = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);

/**
 * JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B. Clears EXIF but for the orientation, XMP, IPTC, comments, further pictures
 * (which have an EXIF of their own) and whatever stands behind the end.
 */
export async function jpeg(bytes: Bytes, edits: Edits): Promise<Found> {
  let size: { w: number; h: number } | undefined;
  let orientation = 1;
  let at = 2;
  while (at + 2 <= bytes.size) {
    edits.step();
    const head = await bytes.at(at, 4);
    const marker = head[1]!;
    if (head[0] !== 0xff) break;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === eoi) {
      edits.clear(at + 2, bytes.size);
      break;
    }
    if (marker === soi || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (head.length < 4) break;
    const length = head.readUInt16BE(2);
    const end = at + 2 + length;
    const data = await bytes.at(at + 4, Math.min(length - 2, 65_533));
    if (isFrame(marker) && data.length >= 5) size = { h: data.readUInt16BE(1), w: data.readUInt16BE(3) };
    else if (marker === comment || (marker >= 0xe0 && marker <= 0xef)) {
      const isExif = marker === 0xe1 && data.toString('latin1', 0, 6) === exif;
      if (isExif && orientation === 1) {
        orientation = orientationOf(data.subarray(6));
        edits.put(at + 10, strippedTiff(data.subarray(6), data.length - 6));
      } else if (!data.toString('latin1', 0, 16).startsWith(kept.get(marker) ?? '\0none'))
        edits.clear(at + 4, Math.min(end, bytes.size));
    }
    at = marker === sos ? await afterScan(bytes, end) : end;
  }
  if (!size) return undefined;
  const { w, h } = size;
  return isTurned(orientation) ? picture('image/jpeg', 'jpg', h, w) : picture('image/jpeg', 'jpg', w, h);
}

/** Start of frame, of any of the ways to code one. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The place of the next marker behind coded data, in which FF stands only before 00 and restart marks. */
async function afterScan(bytes: Bytes, start: number): Promise<number> {
  for (let at = start; at < bytes.size;) {
    const window = await bytes.rest(at);
    let i = 0;
    for (;;) {
      i = window.indexOf(0xff, i);
      if (i < 0 || i + 1 >= window.length) break;
      const next = window[i + 1]!;
      if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at + i;
      i++;
    }
    if (window.length < 2) break;
    at += i < 0 ? window.length : i;
    if (at >= bytes.size - 1) break;
  }
  return bytes.size;
}
