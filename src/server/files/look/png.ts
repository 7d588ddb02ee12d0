import { crc32 } from 'node:zlib';
import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';
import { isTurned, orientationOf, strippedTiff } from './exif.js';
import { picture, type Found } from './found.js';

/** Ancillary chunks that say how the picture is to be drawn: https://www.w3.org/TR/png-3/#11Ancillary-chunks */
const kept = new Set('tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '));
/** What a cleared chunk is called: ancillary, private, and of no meaning to anybody. */
const cleared = 'imEl';

/** PNG. Clears text, times, EXIF but for the orientation, what is not known, and whatever stands behind the end. */
export async function png(bytes: Bytes, edits: Edits): Promise<Found> {
  const head = await bytes.at(8, 16);
  if (head.length < 16 || head.toString('latin1', 4, 8) !== 'IHDR') return undefined;
  const w = head.readUInt32BE(8);
  const h = head.readUInt32BE(12);
  let turned = false;
  for (let at = 8; at + 12 <= bytes.size;) {
    edits.step();
    const chunk = await bytes.at(at, 8);
    const length = chunk.readUInt32BE(0);
    const type = chunk.toString('latin1', 4, 8);
    const end = at + 12 + length;
    const isAncillary = (chunk[4]! & 0x20) !== 0;
    if (end > bytes.size) {
      if (isAncillary) edits.clear(at + 8, bytes.size);
      break;
    }
    if (type === 'eXIf' && length <= 65_536 && !turned) {
      const tiff = await bytes.at(at + 8, length);
      turned = isTurned(orientationOf(tiff));
      const stripped = strippedTiff(tiff, length);
      if (orientationOf(stripped) > 1) rewrite(edits, at, 'eXIf', stripped);
      else clear(edits, at, length);
    } else if (isAncillary && !kept.has(type)) clear(edits, at, length);
    at = end;
    if (type === 'IEND') {
      edits.clear(at, bytes.size);
      break;
    }
  }
  return turned ? picture('image/png', 'png', h, w) : picture('image/png', 'png', w, h);
}

function rewrite(edits: Edits, at: number, type: string, data: Buffer): void {
  const chunk = Buffer.concat([Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(crc32(chunk.subarray(0, -4)), chunk.length - 4);
  edits.put(at + 4, chunk);
}

function clear(edits: Edits, at: number, length: number): void {
  const type = Buffer.from(cleared, 'latin1');
  const zeros = Buffer.alloc(Math.min(length, 65_536));
  let sum = crc32(type);
  for (let left = length; left > 0; left -= zeros.length)
    sum = crc32(zeros.subarray(0, Math.min(left, zeros.length)), sum);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(sum);
  edits.put(at + 4, type);
  edits.clear(at + 8, at + 8 + length);
  edits.put(at + 8 + length, crc);
}
