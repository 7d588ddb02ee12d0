import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ancestorsOf, watchLanguage } from './ancestors.js';
import { en, type Translation } from './en.js';
import { describeError } from './errors.js';
import { formatDay, formatFull, formatListTime, formatTime } from './format.js';
import { loadTranslation, matchLocale, translationOf, type Locale } from './locales.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Words, dates and writing direction for an element: the nearest `lang` and the nearest `dir` win. */
export class LocalizeController implements ReactiveController {
  readonly #host: Host;
  #locale: Locale = { tag: 'en', language: 'en' };
  #dir: 'ltr' | 'rtl' = 'ltr';
  #t: Translation = en;
  #stop: (() => void) | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** The texts. */
  get t(): Translation {
    return this.#t;
  }
  /** BCP 47 tag of the texts and dates. */
  get tag(): string {
    return this.#locale.tag;
  }
  get dir(): 'ltr' | 'rtl' {
    return this.#dir;
  }

  /** `14:32` */
  time(ms: number): string {
    return formatTime(this.tag, ms);
  }
  /** Date and time in full. */
  full(ms: number): string {
    return formatFull(this.tag, ms);
  }
  /** As a list shows it, relative to `now`. */
  listTime(ms: number, now: number): string {
    return formatListTime(this.tag, this.#t, ms, now);
  }
  /** A day's heading, relative to `now`. */
  day(ms: number, now: number): string {
    return formatDay(this.tag, this.#t, ms, now);
  }

  /** The sentence for an error or close code. */
  error(code: number | undefined): string {
    return describeError(this.#t, code);
  }

  hostConnected(): void {
    this.#stop = watchLanguage(this.#host, this.#refresh);
    this.#refresh();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #refresh = (): void => {
    const [locale, dir] = nearest(this.#host);
    const t = translationOf(locale);
    if (!t) void loadTranslation(locale).then(() => this.#stop && translationOf(locale) && this.#refresh());
    if (locale.tag === this.#locale.tag && dir === this.#dir && (t ?? this.#t) === this.#t) return;
    this.#locale = locale;
    this.#dir = dir;
    this.#t = t ?? this.#t;
    this.#host.requestUpdate();
  };
}

function nearest(host: Element): [Locale, 'ltr' | 'rtl'] {
  let lang: string | undefined;
  let dir: string | undefined;
  for (const element of ancestorsOf(host)) {
    lang ??= element.getAttribute('lang') ?? undefined;
    dir ??= directionOf(element);
    if (lang !== undefined && dir !== undefined) break;
  }
  const locale = matchLocale(lang || navigator.language);
  return [locale, (dir ?? (locale.language === 'ar' ? 'rtl' : 'ltr')) as 'ltr' | 'rtl'];
}

/** What an element's own `dir` says; `undefined` where it says nothing. */
function directionOf(element: Element): string | undefined {
  const dir = element.getAttribute('dir')?.toLowerCase();
  if (dir === 'auto') return element.matches(':dir(rtl)') ? 'rtl' : 'ltr';
  return dir === 'rtl' || dir === 'ltr' ? dir : undefined;
}
