import type { Bytes } from './bytes.js';
import { picture, type Found } from './found.js';

/** GIF. Cameras make none, so there is nothing in it to clear. */
export async function gif(bytes: Bytes): Promise<Found> {
  const head = await bytes.at(0, 10);
  return head.length < 10 ? undefined : picture('image/gif', 'gif', head.readUInt16LE(6), head.readUInt16LE(8));
}
