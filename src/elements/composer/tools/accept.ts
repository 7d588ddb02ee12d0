/** Whether a file fits what an `accept` attribute lists: `.pdf`, `image/*`, `text/plain`. */
export function accepts(
  accept: string | undefined,
  { name, type }: { readonly name: string; readonly type: string },
): boolean {
  const wanted = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const kind = type.toLowerCase();
  return (
    wanted.length === 0 ||
    wanted.some((each) =>
      each.startsWith('.')
        ? name.toLowerCase().endsWith(each)
        : each === '*/*' || each === kind || (each.endsWith('/*') && kind.startsWith(each.slice(0, -1))),
    )
  );
}
