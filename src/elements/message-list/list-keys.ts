import type { Viewport } from './viewport.js';

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

/** Rows by index: where the keyboard is (−1 where it is at none), which are in view, how many there are. */
type Rows = { readonly current: number; readonly first: number; readonly last: number; readonly count: number };

/** Where a key leads to. */
function walkTo(walk: Walk, { current, first, last, count }: Rows): number {
  const to = {
    up: current < 0 ? last : current - 1,
    down: current < 0 ? first : current + 1,
    first: 0,
    last: count - 1,
    'page-up': first,
    'page-down': last,
  }[walk];
  return Math.max(0, Math.min(count - 1, to));
}

/** Where a walk leads from `active` (an `idClient`); a page scrolls the view at once. */
export function walked(walk: Walk, view: Viewport, active: string | undefined, count: number): number {
  const paged = walk === 'page-up' || walk === 'page-down';
  if (paged) view.scrollBy((walk === 'page-up' ? -0.9 : 0.9) * view.model.height);
  const [first, last] = [view.model.anchor()?.index ?? 0, view.model.lastInView()];
  return walkTo(walk, { current: view.indexOf(active), first, last, count });
}
