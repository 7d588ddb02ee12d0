/**
 * What of a text is sent: without blank lines round it, and without what no store can hold (NUL, half a surrogate pair). Empty when there
 * is nothing to send.
 */
export function sendable(text: string): string {
  return text
    .replace(/\0/g, '')
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replace(/^\s*\n/, '')
    .trimEnd();
}
