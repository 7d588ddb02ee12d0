import type { Bytes } from './bytes.js';
import type { Found } from './found.js';

/** WebM: Matroska that calls itself so. Its tracks name their codecs near the beginning. */
export async function webm(bytes: Bytes): Promise<Found> {
  const head = await bytes.rest(0);
  if (!head.subarray(0, 64).includes('webm')) return undefined;
  if (['V_VP8', 'V_VP9', 'V_AV1'].some((codec) => head.includes(codec)))
    return { kind: 'video', mime: 'video/webm', ext: 'webm' };
  if (['A_OPUS', 'A_VORBIS'].some((codec) => head.includes(codec)))
    return { kind: 'audio', mime: 'audio/webm', ext: 'webm' };
  return undefined;
}
