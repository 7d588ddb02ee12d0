export type PictureSize = { readonly w: number; readonly h: number };

/** As much of a file as its size stands in, unless a camera put a large preview before it. */
const headBytes = 256 * 1_024;

/**
 * A picture's size as its header tells it, before anything is decoded: a small file can unfold to gigabytes. `undefined` where the
 * header is of none of PNG, GIF, WebP, BMP and JPEG, or is not whole.
 */
export async function pictureSize(file: Blob): Promise<PictureSize | undefined> {
  const view = new DataView(await file.slice(0, headBytes).arrayBuffer());
  try {
    return sizeIn(view);
  } catch {
    return undefined;
  }
}

function sizeIn(view: DataView): PictureSize | undefined {
  const first = view.getUint32(0);
  if (first === 0x89504e47) return { w: view.getUint32(16), h: view.getUint32(20) };
  if (first === 0x47494638) return { w: view.getUint16(6, true), h: view.getUint16(8, true) };
  if (first >>> 16 === 0x424d) return { w: view.getInt32(18, true), h: Math.abs(view.getInt32(22, true)) };
  if (first === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view);
  return first >>> 16 === 0xffd8 ? jpegSize(view) : undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): PictureSize | undefined {
  switch (view.getUint32(12)) {
    case 0x56503820: // 'VP8 '
      return { w: view.getUint16(26, true) & 0x3fff, h: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      // 'VP8L'
      const bits = view.getUint32(21, true);
      return { w: (bits & 0x3fff) + 1, h: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // 'VP8X'
      return {
        w: (view.getUint32(24, true) & 0xffffff) + 1,
        h: (view.getUint16(27, true) | (view.getUint8(29) << 16)) + 1,
      };
    default:
      return undefined;
  }
}

/** Walks the segments to the start of frame. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { h: view.getUint16(at + 5), w: view.getUint16(at + 7) };
  }
  return undefined;
}
