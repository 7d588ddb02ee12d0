import { boxesIn, clearBox, type Box } from './boxes.js';
import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';
import type { Found } from './found.js';
import { heif } from './heif.js';

/** Where a film's boxes have others in them that matter here. */
const containers = new Set(['moov', 'trak', 'mdia', 'moof', 'traf']);
/** Where cameras write position, maker and time, and programs whatever they like: `udta` (©xyz), Apple's `meta`, XMP in `uuid`. */
const cleared = new Set(['udta', 'meta', 'uuid']);
const films = new Set(
  [
    'isom',
    'iso2',
    'iso3',
    'iso4',
    'iso5',
    'iso6',
    'iso7',
    'iso8',
    'iso9',
    'mp41',
    'mp42',
    'mp71',
    'avc1',
    'dash',
    'MSNV',
  ].concat(['M4V ', 'M4VH', 'M4A ', 'M4B ', 'f4v ', 'cmfc', 'hvc1']),
);

/** `moov`, `trak`, `mdia`: honest films nest no deeper. */
const deepest = 6;

type Tracks = { video: boolean; sound: boolean; w: number; h: number };

/** MP4 and its relatives, by the brand in front. Reads headers only, and goes past the film itself. */
export async function mp4(bytes: Bytes, edits: Edits): Promise<Found> {
  const head = await bytes.at(0, 8);
  const brands = (await bytes.at(8, Math.min(head.readUInt32BE(0), 256) - 8)).toString('latin1');
  const major = brands.slice(0, 4);
  const all = new Set([major, ...(brands.slice(8).match(/.{4}/gs) ?? [])]);
  if (all.has('avif') || all.has('avis')) return heif(bytes, edits, true);
  if (['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1'].some((brand) => all.has(brand)))
    return heif(bytes, edits, false);
  const tracks: Tracks = { video: false, sound: false, w: 0, h: 0 };
  await walk(bytes, edits, { end: bytes.size }, tracks, { w: 0, h: 0 }, 0);
  if (!films.has(major)) return undefined;
  const { video, sound, w, h } = tracks;
  if (video) return { kind: 'video', mime: 'video/mp4', ext: 'mp4', ...(w > 0 && h > 0 && { w, h }) };
  return sound ? { kind: 'audio', mime: 'audio/mp4', ext: 'm4a' } : undefined;
}

async function walk(
  bytes: Bytes,
  edits: Edits,
  { data: start = 0, end }: Pick<Box, 'end'> & { readonly data?: number },
  tracks: Tracks,
  track: { w: number; h: number },
  depth: number,
): Promise<void> {
  for await (const box of boxesIn(bytes, edits, start, end)) {
    if (cleared.has(box.type)) clearBox(edits, box);
    else if (box.type === 'tkhd') {
      // The last eight bytes, 16.16 fixed point.
      const size = await bytes.at(box.end - 8, 8);
      if (size.length === 8) Object.assign(track, { w: size.readUInt16BE(0), h: size.readUInt16BE(4) });
    } else if (box.type === 'hdlr') {
      const handler = (await bytes.at(box.data + 8, 4)).toString('latin1');
      if (handler === 'vide') Object.assign(tracks, { video: true, ...track });
      else if (handler === 'soun') tracks.sound = true;
    } else if (containers.has(box.type) && depth < deepest)
      await walk(bytes, edits, box, tracks, box.type === 'trak' ? { w: 0, h: 0 } : track, depth + 1);
  }
}
