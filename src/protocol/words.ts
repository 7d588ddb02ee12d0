/**
 * How text is cut into what a search finds: the same for both databases, for the browser's cache and for what a screen marks. Words are
 * found by their beginning, without accents and case; scripts without spaces by any part of a run, by pairs of characters.
 */

/** Longer words are found by so many of their first characters. */
const longest = 40;

const unspaced =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{RI}ー]';
const pieces = new RegExp(`(${unspaced}+)|\\p{Extended_Pictographic}|(?:(?!${unspaced})[\\p{L}\\p{N}])+`, 'gu');

/** What one folds away: marks (not those that make another kana), joiners, the Arabic filler, skin tones. */
const dropped = /(?![\u3099\u309a])\p{M}|\u200c|\u200d|\u0640|\p{EMod}/gu;
/** Letters that stand for others, and have no decomposition that says so. */
const alike = new Map([
  ...['øo', 'đd', 'łl', 'ıi', 'ςσ', 'ىي', 'ةه'].map((pair) => [pair[0]!, pair[1]!] as const),
  ...(['ßss', 'æae', 'œoe', 'þth'] as const).map((pair) => [pair[0]!, pair.slice(1)] as const),
]);

const folded = new Map<string, string>();

function foldOne(character: string): string {
  let known = folded.get(character);
  if (known === undefined) {
    const plain = character.normalize('NFKD').replace(dropped, '').toLowerCase().normalize('NFC');
    known = alike.get(plain) ?? plain;
    if (folded.size < 20_000) folded.set(character, known);
  }
  return known;
}

/** So that "jose" finds José. */
export function foldText(text: string): string {
  // Most of it is all ASCII, and needs no more.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let result = '';
  for (const character of text.normalize('NFC')) result += foldOne(character);
  return result;
}

/** A word, found by its beginning, or a run of a script without spaces, found anywhere in another. */
type Part = { readonly text: string; readonly run: boolean; readonly at: number };

function partsOf(foldedText: string): Part[] {
  return Array.from(foldedText.matchAll(pieces), ({ 0: text, 1: run, index }) => ({
    text: run === undefined ? cut(text) : text,
    run: run !== undefined,
    at: index,
  }));
}

function cut(word: string): string {
  return word.length <= longest ? word : [...word].slice(0, longest).join('');
}

/** Pairs of neighbours, and `last` by itself: each character is the beginning of one. */
function pairs(run: string, last: boolean): string[] {
  const characters = [...run];
  return characters.flatMap((character, i) =>
    i + 1 < characters.length ? [character + characters[i + 1]!] : last || i === 0 ? [character] : [],
  );
}

/** What an index keeps of a text: each once. Letters, digits and pictures only: no space, no sign of any query language. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const { text: part, run } of partsOf(foldText(text)))
    if (run) for (const pair of pairs(part, true)) words.add(pair);
    else words.add(part);
  return [...words];
}

/** What somebody searches for. */
export type WordQuery = {
  /** Each is the beginning of one of the text's `wordsOf`. Necessary, and but for runs of three and more sufficient. */
  readonly terms: readonly string[];
  readonly parts: readonly Part[];
};

/** So many parts of a query count. */
const mostParts = 12;

export function wordQuery(query: string): WordQuery {
  const parts = partsOf(foldText(query)).slice(0, mostParts);
  const terms = new Set(parts.flatMap(({ text, run }) => (run ? pairs(text, false) : [text])));
  return { terms: [...terms].slice(0, 2 * mostParts), parts };
}

/** Whether a text has everything that is searched for. */
export function hasWords(text: string, { parts }: WordQuery): boolean {
  const own = partsOf(foldText(text));
  return parts.length > 0 && parts.every((wanted) => own.some((part) => placeIn(part, wanted) >= 0));
}

function placeIn(part: Part, wanted: Part): number {
  if (part.run !== wanted.run) return -1;
  if (wanted.run) return part.text.indexOf(wanted.text);
  return part.text.startsWith(wanted.text) ? 0 : -1;
}

/** A text in pieces, those that were found marked. */
export function markWords(
  text: string,
  { parts }: WordQuery,
): readonly { readonly text: string; readonly found: boolean }[] {
  const original = text.normalize('NFC');
  // Where each folded character comes from.
  const from: number[] = [];
  let plain = '';
  let at = 0;
  for (const character of original) {
    const one = foldOne(character);
    for (let i = 0; i < one.length; i++) from.push(at);
    plain += one;
    at += character.length;
  }
  from.push(original.length);
  const marked = new Uint8Array(original.length);
  for (const part of partsOf(plain))
    for (const wanted of parts)
      for (
        let place = placeIn(part, wanted);
        place >= 0;
        place = part.run ? part.text.indexOf(wanted.text, place + 1) : -1
      )
        marked.fill(1, from[part.at + place], from[part.at + place + wanted.text.length]);
  const result: { text: string; found: boolean }[] = [];
  for (let start = 0, end = 1; start < original.length; start = end++) {
    while (end < original.length && marked[end] === marked[start]) end++;
    result.push({ text: original.slice(start, end), found: marked[start] === 1 });
  }
  return result;
}

const link = /\bhttps?:\/\/[^\s/]|\bwww\.[^\s.]/i;

/** Whether a text holds an address that one can follow. */
export function hasLink(text: string): boolean {
  return link.test(text);
}
