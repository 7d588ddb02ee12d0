/** The longer side of a thumbnail, pixels. */
const longest = 320;

/** A small copy of a picture or of a film's frame: drawn here at once, and encoded for the others. */
export async function thumbnailOf(
  source: CanvasImageSource,
  w: number,
  h: number,
): Promise<{ readonly thumbnail?: Blob; readonly preview: HTMLCanvasElement }> {
  const scale = Math.min(1, longest / Math.max(w, h));
  const preview = document.createElement('canvas');
  preview.width = Math.max(1, Math.round(w * scale));
  preview.height = Math.max(1, Math.round(h * scale));
  const context = preview.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, preview.width, preview.height);
  const thumbnail = (await encoded(preview, 'image/webp')) ?? (await encoded(onWhite(preview), 'image/jpeg'));
  return { preview, ...(thumbnail && { thumbnail }) };
}

/** A browser that cannot write a format writes PNG, which says so. */
async function encoded(canvas: HTMLCanvasElement, type: string): Promise<Blob | undefined> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.8));
  return blob?.type === type ? blob : undefined;
}

/** JPEG knows no transparency, and makes it black. */
function onWhite(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return copy;
}
