import { en, type Translation } from './en.js';

/** The languages beside English, by primary subtag (any `zh`, `zh-Hans-SG`, … is better served by Chinese than by English). */
const loaders = new Map<string, { readonly tag: string; readonly load: () => Promise<Translation> }>([
  ['zh', { tag: 'zh-CN', load: async () => (await import('./zh-cn.js')).zhCn }],
  ['ar', { tag: 'ar', load: async () => (await import('./ar.js')).ar }],
]);

const loaded = new Map<string, Translation>([['en', en]]);
const pending = new Map<string, Promise<void>>();

/** A language that has words here: `tag` formats dates, `language` finds the words. */
export type Locale = { readonly tag: string; readonly language: string };

/** The nearest locale to a BCP 47 tag that has words; English for what is unknown or not a tag. */
export function matchLocale(tag: string): Locale {
  const language = tag.trim().toLowerCase().split('-')[0]!;
  const loader = loaders.get(language);
  if (!loader && language !== 'en') return { tag: 'en', language: 'en' };
  const fallback = loader?.tag ?? 'en';
  return { tag: language === tag.trim().toLowerCase() ? fallback : (canonical(tag) ?? fallback), language };
}

/** The words of a language, when they are there already. */
export function translationOf(locale: Locale): Translation | undefined {
  return loaded.get(locale.language);
}

/** Fetches a language's words once; English stands in when that fails, and a later call tries again. */
export function loadTranslation(locale: Locale): Promise<void> {
  const { language } = locale;
  const loader = loaders.get(language);
  if (!loader || loaded.has(language)) return Promise.resolve();
  let loading = pending.get(language);
  if (!loading) {
    loading = loader
      .load()
      .then((translation) => void loaded.set(language, translation))
      .catch((error: unknown) => console.warn(`im-elements: the texts for "${language}" could not be loaded.`, error))
      .finally(() => pending.delete(language));
    pending.set(language, loading);
  }
  return loading;
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0];
  } catch {
    return undefined; // `en_US`, `C`: not BCP 47
  }
}
