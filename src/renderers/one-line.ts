const longest = 200;

/** The beginning of a text on one line: as much as any list can show. */
export function oneLine(text: string): string {
  return text
    .slice(0, longest)
    .replace(/\s+/g, ' ')
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}
