/** A stretch of text, with where it leads when it is a link. */
export type TextPiece = { readonly text: string; readonly href?: string };

/** What a link can begin with. ASCII only before it, because languages without spaces write `看https://…`. */
const beginning = /(?<![a-z0-9@._/-])(?:https?:\/\/|mailto:|www\.)/gi;

/**
 * What ends one: white space, quotes and angle brackets, CJK punctuation, and every character that has no width or turns the
 * direction of what follows, because such a link would not look like what it is.
 */
const ending =
  /[\s<>"`“”‘’«»，。！？；：、（）【】《》「」『』…\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/u;

const longestLink = 2_048;
const sentenceMarks = ".,;:!?'*_~";
const brackets: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/**
 * Cuts a text into plain stretches and links (http, https, mailto, bare `www.`), in time linear to its length. What the reader sees
 * of a link names the host that it leads to: another alphabet's letters are shown as punycode, a name before an `@` is dropped.
 */
export function linkify(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  beginning.lastIndex = 0;
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    const run = text.slice(match.index, match.index + runLength(text, match.index));
    const candidate = trimEnd(run);
    const link = linkOf(candidate);
    if (link) {
      if (match.index > done) pieces.push({ text: text.slice(done, match.index) });
      pieces.push(link);
      done = match.index + candidate.length;
    }
    beginning.lastIndex = Math.max(match.index + run.length, beginning.lastIndex);
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

function runLength(text: string, from: number): number {
  let at = from;
  while (at < text.length && !ending.test(text[at]!)) at++;
  return at - from;
}

/** Drops marks that belong to the sentence, and brackets that were opened before the link. */
function trimEnd(run: string): string {
  const open = new Map<string, number>();
  for (const c of run) if (brackets.has(c)) open.set(c, (open.get(c) ?? 0) + 1);
  for (const [close, opening] of brackets) open.set(close, (open.get(close) ?? 0) - count(run, opening));
  let end = run.length;
  for (; end > 0; end--) {
    const last = run[end - 1]!;
    const surplus = open.get(last);
    if (surplus !== undefined && surplus > 0) open.set(last, surplus - 1);
    else if (!sentenceMarks.includes(last)) break;
  }
  return run.slice(0, end);
}

function count(run: string, character: string): number {
  let n = 0;
  for (const c of run) if (c === character) n++;
  return n;
}

function linkOf(text: string): TextPiece | undefined {
  if (text.length > longestLink) return undefined;
  const bare = /^www\./i.test(text);
  let url: URL;
  try {
    url = new URL(bare ? `https://${text}` : text);
  } catch {
    return undefined;
  }
  if (url.protocol === 'mailto:') return url.pathname.includes('@') ? { text, href: url.href } : undefined;
  if (!url.hostname.includes('.') && url.hostname !== 'localhost' && !url.hostname.startsWith('[')) return undefined;
  url.username = url.password = '';
  const shown = `${bare ? '' : `${url.protocol}//`}${url.host}`;
  const honest = text.slice(0, shown.length).toLowerCase() === shown && !/[^/?#]/.test(text.charAt(shown.length));
  return { text: honest ? text : url.href, href: url.href };
}
