import { boxesIn, type Box } from './boxes.js';
import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';
import { picture, type Found } from './found.js';

/**
 * AVIF and HEIC: pictures as items of a `meta` box (ISO 23008-12). Clears the items that are EXIF or XMP; how the picture is turned stands in
 * a property of its own. HEIC is cleared too, but no page shows it.
 */
export async function heif(bytes: Bytes, edits: Edits, isAvif: boolean): Promise<Found> {
  let w = 0;
  let h = 0;
  let turned = false;
  for await (const meta of boxesIn(bytes, edits, 0, bytes.size)) {
    if (meta.type !== 'meta') continue;
    const about = new Set<number>();
    const found = new Map<string, Box>();
    for await (const box of boxesIn(bytes, edits, meta.data + 4, meta.end)) found.set(box.type, box);
    const iinf = found.get('iinf');
    if (iinf) for await (const id of metadataItems(bytes, edits, iinf)) about.add(id);
    const iloc = found.get('iloc');
    if (iloc && about.size > 0) await clearItems(bytes, edits, iloc, found.get('idat'), about);
    const iprp = found.get('iprp');
    if (iprp)
      for await (const ipco of boxesIn(bytes, edits, iprp.data, iprp.end))
        if (ipco.type === 'ipco')
          for await (const property of boxesIn(bytes, edits, ipco.data, ipco.end)) {
            const data = await bytes.at(property.data, 12);
            if (property.type === 'ispe' && data.length === 12) {
              // Of a picture in tiles the whole is the largest.
              w = Math.max(w, data.readUInt32BE(4));
              h = Math.max(h, data.readUInt32BE(8));
            } else if (property.type === 'irot') turned = (data[0]! & 1) === 1;
          }
  }
  if (!isAvif) return undefined;
  return turned ? picture('image/avif', 'avif', h, w) : picture('image/avif', 'avif', w, h);
}

/** Ids of the items that are EXIF, or XMP and the like. */
async function* metadataItems(bytes: Bytes, edits: Edits, iinf: Box): AsyncGenerator<number> {
  const version = (await bytes.at(iinf.data, 1))[0] ?? 0;
  for await (const infe of boxesIn(bytes, edits, iinf.data + (version === 0 ? 6 : 8), iinf.end)) {
    const data = await bytes.at(infe.data, 16);
    if (data.length < 14 || data[0]! < 2) continue;
    const wide = data[0] === 3;
    const type = data.toString('latin1', wide ? 10 : 8, wide ? 14 : 12);
    if (type === 'Exif' || type === 'mime' || type === 'uri ') yield wide ? data.readUInt32BE(4) : data.readUInt16BE(4);
  }
}

/** Item locations, ISO 14496-12, 8.11.3: zeros for the bytes of those named. */
async function clearItems(
  bytes: Bytes,
  edits: Edits,
  iloc: Box,
  idat: Box | undefined,
  about: ReadonlySet<number>,
): Promise<void> {
  let at = iloc.data;
  const take = async (length: number): Promise<number> => {
    const data = await bytes.at(at, length);
    at += length;
    if (length === 0 || data.length < length) return 0;
    return length === 8 ? Number(data.readBigUInt64BE(0)) : data.readUIntBE(0, length);
  };
  const version = await take(1);
  at += 3;
  const sizes = await take(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15) as [
    number,
    number,
    number,
    number,
  ];
  const count = await take(version < 2 ? 2 : 4);
  for (let i = 0; i < count && at < iloc.end; i++) {
    const id = await take(version < 2 ? 2 : 4);
    const method = version > 0 ? (await take(2)) & 15 : 0;
    at += 2;
    const base = await take(baseSize);
    const extents = await take(2);
    for (let j = 0; j < extents && at < iloc.end; j++) {
      edits.step();
      if (version > 0) at += indexSize;
      const offset = base + (await take(offsetSize));
      const length = await take(lengthSize);
      const start = method === 1 ? (idat?.data ?? bytes.size) + offset : offset;
      if (about.has(id) && method < 2) edits.clear(start, Math.min(start + length, bytes.size));
    }
  }
}
