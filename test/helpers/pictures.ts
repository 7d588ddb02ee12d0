import { crc32, deflateSync } from 'node:zlib';

/** A PNG chunk. */
export function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

const pngStart = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function header(w: number, h: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(w, 0);
  data.writeUInt32BE(h, 4);
  data.set([8, 0, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/** A grey PNG that any program can decode, with `extra` chunks before its pixels. */
export function png(w = 3, h = 2, ...extra: Buffer[]): Buffer<ArrayBuffer> {
  const pixels = deflateSync(Buffer.alloc((w + 1) * h));
  return Buffer.concat([pngStart, header(w, h), ...extra, chunk('IDAT', pixels), chunk('IEND')]);
}

/** A PNG that says it is very large, and has no pixels. */
export function pngOfSize(w: number, h: number): Buffer {
  return Buffer.concat([pngStart, header(w, h), chunk('IDAT', deflateSync(Buffer.alloc(64))), chunk('IEND')]);
}

/** EXIF as a camera writes it: how the picture is turned, the camera's maker, and where it was (a pointer to a directory of GPS tags). */
export function exif(orientation: number): Buffer {
  const maker = Buffer.from('SECRET-CAMERA\0', 'latin1');
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(3, 8);
  const entry = (i: number, tag: number, type: number, count: number, value: number, isShort = false): void => {
    const at = 10 + i * 12;
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    if (isShort) tiff.writeUInt16BE(value, at + 8);
    else tiff.writeUInt32BE(value, at + 8);
  };
  entry(0, 0x010f, 2, maker.length, tiff.length);
  entry(1, 0x0112, 3, 1, orientation, true);
  entry(2, 0x8825, 4, 1, tiff.length + maker.length);
  return Buffer.concat([tiff, maker, Buffer.from('GPS 48.8583N 2.2945E', 'latin1')]);
}

export function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** The parts of a baseline JPEG of 8 by 8 grey pixels (w and h may be said to be others), behind its start mark. */
function jpegParts(w: number, h: number): Buffer[] {
  const frame = Buffer.from([8, h >> 8, h & 255, w >> 8, w & 255, 1, 1, 0x11, 0]);
  // One code each: DC difference of zero, end of block.
  const table = (kind: number): Buffer => segment(0xc4, Buffer.from([kind, 1, ...Array<number>(15).fill(0), 0]));
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  return [
    segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(1)])),
    segment(0xc0, frame),
    table(0),
    table(0x10),
    scan,
    Buffer.from([0x3f]),
  ];
}

/** A JPEG with `extra` segments behind its start, and `behind` its end. */
export function jpeg({ w = 8, h = 8, extra = [] as Buffer[], behind = Buffer.alloc(0) } = {}): Buffer<ArrayBuffer> {
  const start = Buffer.from([0xff, 0xd8]);
  return Buffer.concat([start, ...extra, ...jpegParts(w, h), Buffer.from([0xff, 0xd9]), behind]);
}

/** A box of MP4. */
export function box(type: string, ...content: (Uint8Array | string)[]): Buffer {
  const data = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
}

/** An MP4 with one track, whose film is `film`. */
export function mp4({
  handler = 'vide',
  brand = 'isom',
  extra = [] as Buffer[],
  film = Buffer.from('FILM'),
  w = 640,
  h = 360,
} = {}): Buffer<ArrayBuffer> {
  const tkhd = Buffer.alloc(84);
  tkhd.writeUInt16BE(w, 76);
  tkhd.writeUInt16BE(h, 80);
  const trak = box('trak', box('tkhd', tkhd), box('mdia', box('hdlr', Buffer.alloc(8), handler, Buffer.alloc(13))));
  return Buffer.concat([
    box('ftyp', brand, Buffer.alloc(4), brand),
    box('mdat', film),
    box('moov', box('mvhd', Buffer.alloc(100)), trak, ...extra),
  ]);
}

/** A GIF that is a program too: its header is a variable's name. */
export const gifScript = Buffer.from('GIF89a/* \x03*/=1;alert(document.domain);//', 'latin1');

export const svgScript = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>',
);
