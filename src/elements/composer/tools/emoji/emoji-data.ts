import { emoji } from './lists/emoji.js';

export type Emoji = {
  readonly emoji: string;
  /** Whether it comes in skin tones. */
  readonly toned: boolean;
  /** Its place, by which its names are found. */
  readonly index: number;
};

/** The groups, in the order of the data. */
export const groupNames = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;
export type GroupName = (typeof groupNames)[number];

const tones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

/** An emoji in a skin tone: 0 is the default, then light to dark. */
export function inTone(emoji: string, tone: number): string {
  return tone === 0 ? emoji : emoji.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tones[tone] ?? ''}`);
}

/** All of them by group. */
export function allEmoji(): ReadonlyMap<GroupName, readonly Emoji[]> {
  let index = 0;
  return new Map(
    emoji.split('\n').map((line, i) => [
      groupNames[i]!,
      line.split(' ').map((each) => {
        const toned = each.endsWith('+');
        return { emoji: toned ? each.slice(0, -1) : each, toned, index: index++ };
      }),
    ]),
  );
}

const plain = (emoji: string): string => emoji.replace(/[\p{Emoji_Modifier}\uFE0F]/gu, '');

/** Emoji that were chosen, in the tone they were chosen in, with their places; what is none is left out. */
export function named(chosen: readonly string[], all: Iterable<readonly Emoji[]>): Emoji[] {
  const places = new Map([...all].flat().map(({ emoji, index }) => [plain(emoji), index]));
  return chosen.flatMap((emoji) => {
    const index = places.get(plain(emoji));
    return index === undefined ? [] : [{ emoji, toned: false, index }];
  });
}

/** What emoji are called in a language. */
export type EmojiNames = {
  /** By `index`. */
  readonly names: readonly string[];
  /** The same in lower case, with the further words. */
  readonly words: readonly string[];
};

/** May resolve later: where everything is one script, the names lie in a file beside it. */
type Names = { readonly names: string | PromiseLike<string> };

const loaders = new Map<string, () => Promise<Names>>([
  ['en', () => import('./lists/en.js')],
  ['zh', () => import('./lists/zh.js')],
  ['ar', () => import('./lists/ar.js')],
]);
const loaded = new Map<string, Promise<EmojiNames>>();

/** The names in a language, which is a primary subtag; English where it has none. */
export function emojiNames(language: string): Promise<EmojiNames> {
  const known = loaders.has(language) ? language : 'en';
  let loading = loaded.get(known);
  if (!loading) {
    loading = loaders.get(known)!().then(async ({ names }) => namesIn(await names));
    loaded.set(known, loading);
    loading.catch(() => loaded.delete(known));
  }
  return loading;
}

function namesIn(text: string): EmojiNames {
  const lines = text.split('\n');
  return { names: lines.map((line) => line.split('|')[0]!), words: lines.map((line) => fold(line.replace('|', ' '))) };
}

/** Without case and accents, so that both are found. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

/** The emoji whose names hold all words of a query, those first of which a word begins so. */
export function findEmoji(all: Iterable<readonly Emoji[]>, languages: readonly EmojiNames[], query: string): Emoji[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const rank = (index: number): number => {
    let best = 3;
    for (const { words } of languages) {
      const text = ` ${words[index] ?? ''}`;
      if (!wanted.every((word) => text.includes(word))) continue;
      best = Math.min(best, text.startsWith(` ${wanted[0]!}`) ? 0 : text.includes(` ${wanted[0]!}`) ? 1 : 2);
    }
    return best;
  };
  return [...all]
    .flat()
    .map((each) => [rank(each.index), each] as const)
    .filter(([rank]) => rank < 3)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}
