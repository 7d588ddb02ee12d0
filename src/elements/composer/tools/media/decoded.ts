/** What is read as an address of its own takes a third more, and a copy. */
const mostBytes = 48 * 1_024 * 1_024;

export type Decoded = {
  readonly source: CanvasImageSource;
  readonly w: number;
  readonly h: number;
  readonly close: () => void;
};

/** A picture, turned as the camera was held. @throws when it cannot be decoded */
export async function decoded(file: Blob): Promise<Decoded> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { source: bitmap, w: bitmap.width, h: bitmap.height, close: () => bitmap.close() };
  } catch (error) {
    // Firefox decodes no photograph so that says how it is turned (seen with 153); as an image it does.
    if (file.type !== 'image/jpeg' || file.size > mostBytes) throw error;
    return asImage(file);
  }
}

/** By a `data:` address, which policies allow that allow the widget's own pictures; a `blob:` one they need not. */
async function asImage(file: Blob): Promise<Decoded> {
  const image = new Image();
  image.src = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('it cannot be read'));
    reader.readAsDataURL(file);
  });
  await image.decode();
  const { naturalWidth: w, naturalHeight: h } = image;
  return { source: image, w, h, close: () => image.removeAttribute('src') };
}
