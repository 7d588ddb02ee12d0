import { matchLocale } from '../locales.js';
import { composerEn, type ComposerTexts } from './en.js';

const loaders = new Map<string, () => Promise<ComposerTexts>>([
  ['zh', async () => (await import('./zh-cn.js')).composerZhCn],
  ['ar', async () => (await import('./ar.js')).composerAr],
]);
const loaded = new Map<string, ComposerTexts>();
const pending = new Map<string, Promise<void>>();

/** The texts of the composer's tools in the nearest language that has words; English stands in until they are there. */
export function composerTexts(tag: string, onLoad: () => void): ComposerTexts {
  const { language } = matchLocale(tag);
  const load = loaders.get(language);
  const texts = loaded.get(language);
  if (!load || texts) return texts ?? composerEn;
  const loading =
    pending.get(language) ??
    load()
      .then((words) => void loaded.set(language, words))
      .catch((error: unknown) => console.warn(`im-elements: the texts for "${language}" could not be loaded.`, error))
      .finally(() => pending.delete(language));
  pending.set(language, loading);
  void loading.then(() => loaded.has(language) && onLoad());
  return composerEn;
}
