import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { matchLocale } from '../locales.js';
import { historyEn, type HistoryTexts } from './en.js';

const loaders = new Map<string, () => Promise<HistoryTexts>>([
  ['zh', async () => (await import('./zh-cn.js')).historyZhCn],
  ['ar', async () => (await import('./ar.js')).historyAr],
]);
const loaded = new Map<string, HistoryTexts>([['en', historyEn]]);

/** The texts for a language; English where it has none, or they cannot be loaded. */
export async function loadHistoryTexts(tag: string): Promise<HistoryTexts> {
  const { language } = matchLocale(tag);
  const known =
    loaded.get(language) ??
    (await loaders
      .get(language)?.()
      .catch(() => undefined)) ??
    historyEn;
  loaded.set(language, known);
  return known;
}

/** The same for an element, which is drawn again when they have come. */
export class HistoryWords implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #localize: { readonly tag: string };
  #t: HistoryTexts = historyEn;

  constructor(host: ReactiveControllerHost, localize: { readonly tag: string }) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  get t(): HistoryTexts {
    return this.#t;
  }

  hostUpdate(): void {
    const { tag } = this.#localize;
    this.#t = loaded.get(matchLocale(tag).language) ?? this.#t;
    void loadHistoryTexts(tag).then((texts) => {
      if (texts !== this.#t && tag === this.#localize.tag) this.#host.requestUpdate();
    });
  }
}
