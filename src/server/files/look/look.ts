import type { FoundFile } from '../../storage/storage.js';
import { Bytes, type Source } from './bytes.js';
import { Edits, type Edit } from './edits.js';
import type { Found } from './found.js';
import { gif } from './gif.js';
import { jpeg } from './jpeg.js';
import { mp4 } from './mp4.js';
import { png } from './png.js';
import { mpegAudio, ogg, wav } from './sound.js';
import { webm } from './webm.js';
import { webp } from './webp.js';

/** A picture that a browser would need more memory for than a page has is a file like any other. */
const mostPixels = 50_000_000;
const longestSide = 16_384;

/** What a page does not show by itself. */
export const plainFile: FoundFile = { kind: 'file', mime: 'application/octet-stream', ext: '' };

type Parser = (bytes: Bytes, edits: Edits) => Promise<Found>;

/**
 * By the first bytes, and nothing else: no name, and no word of whoever sent it. A table of our own, because it has twelve lines: a library
 * of magic numbers knows 170 formats that would all be `file` here, and neither sizes nor what is to be cleared.
 */
function parserOf(head: Buffer): Parser | undefined {
  const text = head.toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return jpeg;
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return png;
  if (/^GIF8[79]a/.test(text)) return gif;
  if (/^RIFF....WEBP/s.test(text)) return webp;
  if (/^RIFF....WAVE/s.test(text)) return wav;
  if (text.startsWith('OggS')) return ogg;
  if (text.startsWith('\x1aE\xdf\xa3')) return webm;
  if (text.slice(4, 8) === 'ftyp') return mp4;
  // QuickTime before there were brands.
  if (['moov', 'wide', 'mdat', 'free', 'skip'].includes(text.slice(4, 8))) return mp4;
  if (text.startsWith('ID3') || head[0] === 0xff) return mpegAudio;
  return undefined;
}

/**
 * What a file is, by its bytes, and what is to be written over in it so that it tells nothing of place, camera and time.
 * @throws {UnreadableFileError} when finding out would take too long
 */
export async function look(source: Source): Promise<{ found: FoundFile; edits: readonly Edit[] }> {
  const bytes = new Bytes(source);
  const edits = new Edits();
  const parse = parserOf(await bytes.at(0, 16));
  const found = await parse?.(bytes, edits).catch(cutOff);
  return { found: found && isWithinBounds(found) ? found : plainFile, edits: edits.list };
}

/** A field that would lie behind the end: it is not what it says; what was found to be cleared is cleared all the same. */
function cutOff(error: unknown): undefined {
  if (!(error instanceof RangeError)) throw error;
}

function isWithinBounds({ kind, w = 0, h = 0 }: FoundFile): boolean {
  return kind !== 'image' || (w * h <= mostPixels && Math.max(w, h) <= longestSide);
}
