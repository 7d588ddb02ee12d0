/** Files as people have them, made in the page. */

/** A picture whose left half is red and whose right half is blue. */
export async function picture(name: string, type = 'image/png', w = 640, h = 480): Promise<File> {
  const canvas = halves(w, h);
  const make = (type: string): Promise<Blob | null> => new Promise((done) => canvas.toBlob(done, type, 0.95));
  // An engine that cannot write a kind writes PNG, or nothing.
  const blob = (await make(type)) ?? (await make('image/png'))!;
  return new File([blob], name, { type: blob.type });
}

/** A photograph taken with the camera held upright: it lies on its side, and its file says so (EXIF orientation 6). */
export async function photograph(name: string, w = 640, h = 480): Promise<File> {
  const plain = new Uint8Array(await (await picture(name, 'image/jpeg', w, h)).arrayBuffer());
  const exif = [
    [0xff, 0xe1, 0x00, 0x22], // APP1, 34 bytes
    [0x45, 0x78, 0x69, 0x66, 0, 0], // 'Exif'
    [0x4d, 0x4d, 0, 42, 0, 0, 0, 8], // big-endian TIFF, directory at 8
    [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0], // one entry: orientation 6
  ].flat();
  return new File([plain.slice(0, 2), new Uint8Array(exif), plain.slice(2)], name, { type: 'image/jpeg' });
}

/** The head of a PNG that claims a size; behind it there is nothing. */
export function claimedPicture(name: string, w: number, h: number): File {
  const view = new DataView(new ArrayBuffer(33));
  for (const [at, value] of [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, w, h, 0x08060000].entries())
    view.setUint32(at * 4, value);
  return new File([view.buffer], name, { type: 'image/png' });
}

/** A short film, where the engine can record one. */
export async function film(name: string, ms = 400): Promise<File | undefined> {
  if (!('MediaRecorder' in globalThis) || !MediaRecorder.isTypeSupported('video/webm')) return undefined;
  const canvas = halves(320, 180);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((done) => (recorder.onstop = done));
  recorder.start();
  const end = performance.now() + ms;
  const context = canvas.getContext('2d')!;
  for (let i = 0; performance.now() < end; i++) {
    context.fillRect(i % 50, 0, 20, 20);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await stopped;
  return new File(parts, name, { type: 'video/webm' });
}

/** The colour in the middle of each half of a picture: across, and from top to bottom. */
export async function coloursOf(blob: Blob): Promise<{ w: number; h: number; left: string; top: string }> {
  const bitmap = await createImageBitmap(blob);
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const at = (x: number, y: number): string => {
    const [red = 0, , blue = 0] = context.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data;
    return red > blue ? 'red' : 'blue';
  };
  return { w: bitmap.width, h: bitmap.height, left: at(0.1, 0.9), top: at(0.9, 0.1) };
}

function halves(width: number, height: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'blue';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'red';
  context.fillRect(0, 0, width / 2, height);
  return canvas;
}
