/** What may not stand before an `@` that mentions: there it is an address. */
const mention = /(?<![\w.+-])@([^\s@]{0,32})$/u;

/** The mention that is being written before the cursor: where its `@` stands, and what follows it. */
export function mentionAt(text: string, cursor: number): { readonly from: number; readonly query: string } | undefined {
  const match = mention.exec(text.slice(Math.max(0, cursor - 40), cursor));
  return match ? { from: cursor - match[0].length, query: match[1]! } : undefined;
}

/** Whose names stand in a text behind an `@`, in the order of the names given; the longer of two that begin alike wins. */
export function accountsIn(text: string, names: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  let rest = text;
  for (const name of [...names.keys()].sort((a, b) => b.length - a.length)) {
    if (!rest.includes(`@${name}`)) continue;
    rest = rest.replaceAll(`@${name}`, '\0');
    found.add(name);
  }
  return [...new Set([...names].filter(([name]) => found.has(name)).map(([, account]) => account))];
}
