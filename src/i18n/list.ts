/** Names in a row as a language writes them, with how many more there are. */
export function listIn(
  locale: string,
  others: (more: number) => string,
): (names: readonly string[], more: number) => string {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (names, more) => list.format(more > 0 ? [...names, others(more)] : names);
}
