import { matchLocale } from '../locales.js';
import { en, type ActWords } from './en.js';

const loaders = new Map<string, () => Promise<ActWords>>([
  ['zh', async () => (await import('./zh-cn.js')).zhCn],
  ['ar', async () => (await import('./ar.js')).ar],
]);
const loaded = new Map<string, ActWords>([['en', en]]);

/** Fetches the words of a language; English stands in when that fails, and a later call tries again. */
export async function loadActWords(tag: string): Promise<void> {
  const { language } = matchLocale(tag);
  const load = loaded.has(language) ? undefined : loaders.get(language);
  if (load)
    await load().then(
      (words) => void loaded.set(language, words),
      () => undefined,
    );
}

/** The words of a language. `later` is called when they were not there yet and now are. */
export function actWords(tag: string, later: () => void): ActWords {
  const words = loaded.get(matchLocale(tag).language);
  if (!words) void loadActWords(tag).then(() => loaded.has(matchLocale(tag).language) && later());
  return words ?? en;
}
