/** Scripts in which two letters side by side read as initials; elsewhere the first character stands alone. */
const alphabetic = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
const wordy = /[\p{Letter}\p{Number}]/u;

/** More than any name has; the time to cut a text into characters grows faster than its length. */
const longest = 128;

/** One or two characters that stand for a name: `CJ` for "Carol Jimenez", `夏` for 夏日旅行. */
export function initials(name: string): string {
  const words = name
    .slice(0, longest)
    .split(/[\s_.@-]+/u)
    .filter((word) => wordy.test(word));
  const first = firstCharacter(words[0] ?? name.slice(0, longest).trim());
  const last = words.length > 1 ? firstCharacter(words.at(-1)!) : '';
  return (alphabetic.test(first) && alphabetic.test(last) ? first + last : first).toLocaleUpperCase();
}

function firstCharacter(word: string): string {
  let symbol = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (wordy.test(segment)) return segment;
    symbol ||= segment;
  }
  return symbol;
}

/** A hue in degrees that an account keeps everywhere (FNV-1a, spread over 24 steps so that neighbours differ visibly). */
export function hueOf(account: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < account.length; i++) hash = Math.imul(hash ^ account.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) % 24) * 15;
}
