/** A stretch of text, and whom it mentions. */
export type MentionPiece = { readonly text: string; readonly account?: string };

/** Cuts a text where somebody who is mentioned is named: `@` and how they are called, or their account. */
export function mentionsIn(
  text: string,
  accounts: readonly string[],
  nameOf: (account: string) => string,
): MentionPiece[] {
  const names = new Map<string, string>();
  for (const account of accounts) for (const name of [account, nameOf(account)]) if (name) names.set(name, account);
  // The longest first: "Ann Lee" is not "Ann".
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  const pieces: MentionPiece[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = known.find((each) => text.startsWith(each, at + 1));
    if (name === undefined) continue;
    if (at > done) pieces.push({ text: text.slice(done, at) });
    done = at + 1 + name.length;
    pieces.push({ text: text.slice(at, done), account: names.get(name)! });
    at = done - 1;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
