/** What a key asks of a list of messages. */
export type Walk = 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down';

const walks: ReadonlyMap<string, Walk> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['End', 'last'],
  ['PageUp', 'page-up'],
  ['PageDown', 'page-down'],
]);

/** Reads a key press; `undefined` when it is not for the list: with a modifier, or in a field inside a message. */
export function walkOf(event: KeyboardEvent): Walk | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  const [target] = event.composedPath();
  const typed = target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
  return typed ? undefined : walks.get(event.key);
}
