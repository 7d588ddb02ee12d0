const warned = new Set<string>();

/** An attribute's value where it is one of those allowed, else the default, saying once what would have been allowed. */
export function oneOf<T extends string>(
  element: Element,
  name: string,
  value: string | null | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === null || value === undefined) return fallback;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    warnOnce(
      `<${element.localName}>: ${name}="${value}" is not known; it may be ${allowed.join(', ')}. "${fallback}" is used.`,
    );
  return found ?? fallback;
}

/** Tells the page's author something in the console, the first time only. */
export function warnOnce(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(text);
}
