const allowed = /^(https?:|blob:|data:image\/)/i;

/** A picture's address where it is one that cannot run anything; `undefined` otherwise. Relative ones are the page's. */
export function pictureUrl(src: string | undefined, base: string): string | undefined {
  if (!src || !URL.canParse(src, base)) return undefined;
  const { href } = new URL(src, base);
  return allowed.test(href) ? href : undefined;
}
