/** PostgreSQL's own placeholders for the portable `?`; no statement here holds one in a literal. */
export function numbered(text: string): string {
  let count = 0;
  return text.replace(/\?/g, () => `$${++count}`);
}

/** Names statements, so that each connection parses and plans one once. There are a few dozen in all, so none is ever forgotten. */
export class Prepared {
  readonly #names = new Map<string, string>();

  nameOf(text: string): string {
    let name = this.#names.get(text);
    if (name === undefined) this.#names.set(text, (name = `im_${this.#names.size}`));
    return name;
  }
}
