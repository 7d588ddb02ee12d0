import { hasLink, wordsOf } from '../protocol/words.js';

/** Stands in the index for an address; no text gives it. */
export const linkWord = '~link';

/** The kinds of message whose words are found. A custom one's content is a program's. */
const searched: ReadonlySet<string> = new Set(['text', 'image', 'audio', 'video', 'file', 'location']);

type Body = {
  readonly content?: unknown;
  readonly file?: { readonly name?: unknown };
  readonly location?: { readonly title?: unknown };
};

/** What of a stored message is text: what was written, a file's name, a place's title. */
export function searchText(type: string, body: string): string {
  return textOf(type, parse(body));
}

/** The words under which a stored message is found. A damaged record has none. */
export function indexedWords(type: string, body: string): string[] {
  const text = textOf(type, parse(body));
  const words = wordsOf(text);
  if (type === 'text' && hasLink(text)) words.push(linkWord);
  return words;
}

function textOf(type: string, { content, file, location }: Body): string {
  if (!searched.has(type)) return '';
  return [content, file?.name, location?.title].filter((part) => typeof part === 'string').join('\n');
}

function parse(body: string): Body {
  try {
    return (JSON.parse(body) as Body | null) ?? {};
  } catch {
    return {};
  }
}
