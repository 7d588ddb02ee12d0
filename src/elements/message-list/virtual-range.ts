import type { HeightIndex } from './height-index.js';

/** Rows `start` to `end`, the end not included. */
export type RowRange = { readonly start: number; readonly end: number };

export const emptyRange: RowRange = { start: 0, end: 0 };

/** No more rows than this at once, however low they are. */
export const mostRows = 120;

/** The rows that touch the stretch from `top` to `bottom`, in pixels of the column. */
export function rowsBetween(heights: HeightIndex, top: number, bottom: number): RowRange {
  if (heights.length === 0) return emptyRange;
  const start = heights.indexAt(top);
  return { start, end: Math.max(start, heights.indexAt(bottom)) + 1 };
}

export function contains(outer: RowRange, inner: RowRange): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}
