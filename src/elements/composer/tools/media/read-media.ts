import { decoded } from './decoded.js';
import { readFilm, readSound } from './read-film.js';
import { pictureSize } from './picture-size.js';
import { thumbnailOf } from './thumbnail.js';

/** What a file is, and what is sent along so that nothing jumps while it loads. */
export type Media = {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly w?: number;
  readonly h?: number;
  /** ms */
  readonly duration?: number;
  readonly thumbnail?: Blob;
  /** Shown here only. */
  readonly preview?: HTMLCanvasElement;
};

/** Pictures that every browser draws, and that a server takes as such. SVG is a document, and goes out as a file. */
const pictures = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;
/** What unfolds to more than this, in pixels, is not decoded: 64 million are 256 MB. */
const mostPixels = 64_000_000;

/** Looks at a file. Whatever cannot be read as a picture, film or sound is a file. */
export async function readMedia(file: File): Promise<Media> {
  await breath();
  try {
    if (pictures.test(file.type)) return await readPicture(file);
    if (file.type.startsWith('video/')) return { type: 'video', ...(await readFilm(file)) };
    if (file.type.startsWith('audio/')) return { type: 'audio', ...(await readSound(file)) };
  } catch {
    // Too large, damaged, or of a kind that this browser does not know.
  }
  return { type: 'file' };
}

async function readPicture(file: File): Promise<Media> {
  const size = await pictureSize(file);
  if (size && size.w * size.h > mostPixels) return { type: 'file' };
  const picture = await decoded(file);
  try {
    const { w, h, source } = picture;
    return { type: 'image', w, h, ...(await thumbnailOf(source, w, h)) };
  } finally {
    picture.close();
  }
}

/** Lets what a person does come first. */
function breath(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}
