import type { Media } from './read-media.js';
import { thumbnailOf } from './thumbnail.js';

/** A film that has told nothing by then is one this browser cannot play, ms. */
const patience = 10_000;

/** A film's size, length and first frame. @throws when it cannot be played here */
export function readFilm(file: Blob): Promise<Omit<Media, 'type'>> {
  return withElement('video', file, async (film) => {
    await heard(film, 'loadeddata');
    const { videoWidth: w, videoHeight: h } = film;
    if (w === 0 || h === 0) throw new Error('nothing to see in it');
    return { w, h, ...(await durationOf(film)), ...(await thumbnailOf(film, w, h)) };
  });
}

/** How long a sound is. @throws when it cannot be played here */
export function readSound(file: Blob): Promise<Omit<Media, 'type'>> {
  return withElement('audio', file, async (sound) => {
    await heard(sound, 'loadedmetadata');
    return durationOf(sound);
  });
}

async function withElement<K extends 'video' | 'audio', T>(
  tag: K,
  file: Blob,
  use: (element: HTMLElementTagNameMap[K]) => Promise<T>,
): Promise<T> {
  const element = document.createElement(tag);
  const url = URL.createObjectURL(file);
  try {
    element.muted = true;
    element.preload = 'auto';
    if (element instanceof HTMLVideoElement) element.playsInline = true;
    element.src = url;
    return await use(element);
  } finally {
    element.removeAttribute('src');
    element.load();
    URL.revokeObjectURL(url);
  }
}

/** What a recorder writes has no length in its header: a leap to the end finds it. */
async function durationOf(element: HTMLMediaElement): Promise<{ readonly duration?: number }> {
  if (element.duration === Infinity) {
    element.currentTime = 1e7;
    await heard(element, 'durationchange').catch(() => undefined);
    element.currentTime = 0;
  }
  return Number.isFinite(element.duration) ? { duration: Math.round(element.duration * 1_000) } : {};
}

function heard(element: HTMLMediaElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not load')), patience);
    element.addEventListener(event, () => (clearTimeout(timer), resolve()), { once: true });
    element.addEventListener('error', () => (clearTimeout(timer), reject(new Error('it cannot be played'))), {
      once: true,
    });
  });
}
