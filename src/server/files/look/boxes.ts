import type { Bytes } from './bytes.js';
import type { Edits } from './edits.js';

/** A box of the ISO base media format (MP4, MOV, AVIF): `start` of its header, `data` of its content, `end` of both. */
export type Box = { readonly type: string; readonly start: number; readonly data: number; readonly end: number };

/** The boxes between two places; ends at the first that does not fit. */
export async function* boxesIn(bytes: Bytes, edits: Edits, start: number, end: number): AsyncGenerator<Box> {
  for (let at = start; at + 8 <= end;) {
    edits.step();
    const head = await bytes.at(at, 16);
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length >= 16;
    const size = short === 0 ? end - at : isLong ? Number(head.readBigUInt64BE(8)) : short;
    const data = at + (isLong ? 16 : 8);
    const boxEnd = Math.min(at + size, end);
    if (boxEnd < data) return;
    yield { type: head.toString('latin1', 4, 8), start: at, data, end: boxEnd };
    at = boxEnd;
  }
}

/** The same boxes in the same places, but for this one, which becomes free space. */
export function clearBox(edits: Edits, { start, data, end }: Box): void {
  edits.put(start + 4, Buffer.from('free', 'latin1'));
  edits.clear(data, end);
}
