import type { Bytes } from './bytes.js';
import type { Found } from './found.js';

const audio = (mime: string, ext: string): Found => ({ kind: 'audio', mime, ext });

/** Ogg with sound in it: the first packet says what. */
export async function ogg(bytes: Bytes): Promise<Found> {
  const head = await bytes.at(0, 64);
  const packet = head.subarray(27 + (head[26] ?? 0)).toString('latin1');
  return ['OpusHead', '\x01vorbis', '\x7fFLAC', 'Speex'].some((codec) => packet.startsWith(codec))
    ? audio('audio/ogg', 'ogg')
    : undefined;
}

export async function wav(): Promise<Found> {
  return audio('audio/wav', 'wav');
}

/** MPEG audio, layer III, or AAC in ADTS, with or without an ID3 tag in front: two frames in a row, because one could be chance. */
export async function mpegAudio(bytes: Bytes): Promise<Found> {
  const head = await bytes.at(0, 10);
  let start = 0;
  if (head.toString('latin1', 0, 3) === 'ID3' && head.length === 10)
    start = 10 + ((head[6]! & 127) << 21) + ((head[7]! & 127) << 14) + ((head[8]! & 127) << 7) + (head[9]! & 127);
  for (const [frameLength, found] of [
    [mp3Frame, audio('audio/mpeg', 'mp3')],
    [aacFrame, audio('audio/aac', 'aac')],
  ] as const) {
    const first = frameLength(await bytes.at(start, 7));
    if (first > 0 && (start + first >= bytes.size || frameLength(await bytes.at(start + first, 7)) > 0)) return found;
  }
  return undefined;
}

const bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Bytes of the frame that begins here; 0 where none does. http://www.mp3-tech.org/programmer/frame_header.html */
function mp3Frame(head: Buffer): number {
  if (head.length < 4 || head[0] !== 0xff || (head[1]! & 0xe6) !== 0xe2) return 0;
  const version = (head[1]! >> 3) & 3;
  const bitrate = (version === 3 ? bitrates1 : bitrates2)[head[2]! >> 4] ?? 0;
  const base = [44_100, 48_000, 32_000][(head[2]! >> 2) & 3] ?? 0;
  if (version === 1 || bitrate === 0 || base === 0) return 0;
  const rate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bitrate) / rate) + ((head[2]! >> 1) & 1);
}

function aacFrame(head: Buffer): number {
  if (head.length < 7 || head[0] !== 0xff || (head[1]! & 0xf6) !== 0xf0) return 0;
  return ((head[3]! & 3) << 11) | (head[4]! << 3) | (head[5]! >> 5);
}
