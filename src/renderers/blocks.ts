/** A stretch of a line: how it is set, and links and mentions are looked for in it, but not in code. */
export type Span = { readonly style: 'plain' | 'bold' | 'italic' | 'code'; readonly text: string };
/** A part of a text that stands for itself. */
export type Block =
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly string[] };

const fence = '```';

/**
 * Cuts a text into blocks: fenced code, quotes (`> `), lists (`- `, `* `, `1. `), and everything else as it was written. Each line is
 * looked at once.
 */
export function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = (): void => {
    // A block stands apart by itself: the empty lines round it would be too much.
    while (plain[0]?.trim() === '') plain.shift();
    while (plain.at(-1)?.trim() === '') plain.pop();
    if (plain.length > 0) blocks.push({ kind: 'lines', text: plain.join('\n') });
    plain = [];
  };
  // Where the last fence stands: one without an end is text.
  const lastFence = lines.findLastIndex((line) => line.trimStart().startsWith(fence));
  for (let i = 0; i < lines.length;) {
    const next = i < lastFence && lines[i]!.startsWith(fence) ? code(lines, i) : (quote(lines, i) ?? list(lines, i));
    if (next) {
      flush();
      blocks.push(next.block);
      i = next.end;
    } else plain.push(lines[i++]!);
  }
  flush();
  return blocks;
}

type Found = { readonly block: Block; readonly end: number };

function code(lines: readonly string[], start: number): Found {
  let end = start + 1;
  while (!lines[end]!.trimStart().startsWith(fence)) end++;
  return { block: { kind: 'code', text: lines.slice(start + 1, end).join('\n') }, end: end + 1 };
}

function quote(lines: readonly string[], start: number): Found | undefined {
  let end = start;
  while (end < lines.length && /^>(\s|$)/.test(lines[end]!)) end++;
  if (end === start) return undefined;
  return { block: { kind: 'quote', lines: lines.slice(start, end).map((line) => line.slice(2)) }, end };
}

const bullet = /^ {0,3}[-*•] (?=\S)/;
const number = /^ {0,3}(\d{1,4})[.)] (?=\S)/;

function list(lines: readonly string[], start: number): Found | undefined {
  const mark = bullet.test(lines[start]!) ? bullet : number.test(lines[start]!) ? number : undefined;
  if (!mark) return undefined;
  let end = start;
  while (end < lines.length && mark.test(lines[end]!)) end++;
  const items = lines.slice(start, end).map((line) => line.replace(mark, ''));
  const ordered = mark === number;
  return { block: { kind: 'list', ordered, start: ordered ? Number(number.exec(lines[start]!)![1]) : 1, items }, end };
}

const marks: ReadonlyMap<string, Span['style']> = new Map([
  ['**', 'bold'],
  ['__', 'bold'],
  ['*', 'italic'],
  ['_', 'italic'],
  ['`', 'code'],
]);
const letter = /[\p{L}\p{N}]/u;

/**
 * Cuts a line into stretches that are set differently. A mark opens before a letter and closes after one; one that does not close is text.
 * Marks do not nest: a stretch is one thing. In time linear to its length: the places where each mark closes are found beforehand.
 */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  const line = withoutAddresses(text);
  const next = closings(line);
  let done = 0;
  for (let at = 0; at < line.length;) {
    const mark = markAt(line, at);
    const end = mark && opens(line, at, mark) ? next(mark, at + mark.length) : undefined;
    if (!mark || end === undefined || end === at + mark.length) {
      at += mark?.length ?? 1;
      continue;
    }
    if (at > done) spans.push({ style: 'plain', text: text.slice(done, at) });
    spans.push({ style: marks.get(mark)!, text: text.slice(at + mark.length, end) });
    at = done = end + mark.length;
  }
  if (done < line.length) spans.push({ style: 'plain', text: text.slice(done) });
  return spans;
}

/** The same length, with nothing in the places of addresses that could be a mark; marks at their very end stay. */
function withoutAddresses(text: string): string {
  return text.replace(/(?:https?:\/\/|mailto:|www\.)\S*/gi, (address) => {
    let end = address.length;
    while ('*_`'.includes(address[end - 1]!)) end--;
    return 'x'.repeat(end) + address.slice(end);
  });
}

function markAt(line: string, at: number): string | undefined {
  const c = line[at]!;
  if (c !== '*' && c !== '_' && c !== '`') return undefined;
  const double = c + c;
  return c !== '`' && line.startsWith(double, at) ? double : c;
}

function opens(line: string, at: number, mark: string): boolean {
  const after = line[at + mark.length];
  if (after === undefined || (mark !== '`' && /\s/.test(after))) return false;
  // `snake_case` and 2*3 are no marks.
  return mark === '`' || at === 0 || !letter.test(line[at - 1]!);
}

/** Finds for each mark the next place where it closes; each place is looked at once a mark, because one only goes forward. */
function closings(line: string): (mark: string, from: number) => number | undefined {
  const found = new Map<string, number[]>();
  for (let at = 0; at < line.length;) {
    const mark = markAt(line, at);
    if (mark && closes(line, at, mark)) {
      const places = found.get(mark);
      if (places) places.push(at);
      else found.set(mark, [at]);
    }
    at += mark?.length ?? 1;
  }
  const cursors = new Map<string, number>();
  return (mark, from) => {
    const places = found.get(mark) ?? [];
    let cursor = cursors.get(mark) ?? 0;
    while (cursor < places.length && places[cursor]! < from) cursor++;
    cursors.set(mark, cursor);
    return places[cursor];
  };
}

function closes(line: string, at: number, mark: string): boolean {
  if (mark === '`') return true;
  const before = line[at - 1];
  const after = line[at + mark.length];
  return before !== undefined && !/\s/.test(before) && (after === undefined || !letter.test(after));
}
