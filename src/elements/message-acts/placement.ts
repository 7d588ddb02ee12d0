/** A box in the viewport, in pixels. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type Size = Pick<Box, 'width' | 'height'>;
type Point = Pick<Box, 'left' | 'top'>;

/** What stays free between a menu and the viewport's edge. */
const edge = 8;
/** Between a menu and what it belongs to. */
const gap = 4;

/**
 * Where a menu goes: below what it belongs to and in line with its beginning; above where there is no room below, and always inside
 * the viewport. A point is a box without a size.
 */
export function placeMenu(menu: Size, anchor: Box, viewport: Size, rtl: boolean): Point {
  const right = anchor.left + anchor.width;
  // At a point that is too near the edge it opens the other way; beside a box it is pushed in.
  const point = anchor.width === 0;
  const starts = rtl ? right - menu.width : anchor.left;
  const fits = starts >= edge && starts + menu.width <= viewport.width - edge;
  const left = fits || !point ? starts : rtl ? anchor.left : right - menu.width;
  const space = point ? 0 : gap;
  const below = anchor.top + anchor.height + space;
  const above = anchor.top - space - menu.height;
  const top = below + menu.height <= viewport.height - edge || above < edge ? below : above;
  return { left: clamp(left, viewport.width - menu.width), top: clamp(top, viewport.height - menu.height) };
}

function clamp(value: number, most: number): number {
  return Math.max(edge, Math.min(value, most - edge));
}
