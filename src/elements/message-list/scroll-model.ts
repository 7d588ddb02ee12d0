import { HeightIndex } from './height-index.js';
import { mostRows, rowsBetween, type RowRange } from './virtual-range.js';

/** A row and where its upper edge stands, in pixels below the viewport's. */
export type Anchor = { readonly index: number; readonly y: number };

/** Pixels above and below the viewport that are kept rendered, and the least of them before rows are exchanged. */
const overscan = { most: 240, least: 80 };

/** How far from the end still counts as being there: pixels are rounded, and a finger is not exact. */
const endTolerance = 4;

/**
 * Where everything stands in a scrolling column of which only a part is rendered; arithmetic only, no DOM.
 *
 * Rows that turn out higher or lower than guessed would push what is on screen. Two things can take that up: the scroll
 * position, or `origin`, where the column begins inside the scroller. Writing the scroll position ends a fling or a smooth
 * scroll in some engines, so while a scroll is under way `origin` takes it, and `settle` pays the debt back later.
 */
export class ScrollModel {
  readonly heights = new HeightIndex();
  /** Height of what stands below the last row. */
  readonly tail: number;
  /** Scroll position and height of the viewport. */
  top = 0;
  height = 0;
  /** Height of what stands above the first row. */
  head = 0;
  /** Where the first row would begin, were it rendered. Equal to `head` but for the debt. */
  origin = 0;

  constructor(tail = 0) {
    this.tail = tail;
  }

  /** Height of everything, as the scroller will see it. */
  get scrollHeight(): number {
    return Math.max(this.origin + this.heights.total + this.tail, this.height);
  }

  get maxTop(): number {
    return Math.max(0, this.scrollHeight - this.height);
  }

  get atEnd(): boolean {
    return this.top >= this.maxTop - endTolerance;
  }

  /** Where a row stands, below the viewport's upper edge. */
  y(index: number): number {
    return this.origin + this.heights.offset(index) - this.top;
  }

  /** The row whose place is to be kept: the first whose beginning is in view, else the one that fills it. */
  anchor(): Anchor | undefined {
    if (this.heights.length === 0) return undefined;
    const first = this.heights.indexAt(this.top - this.origin);
    const next = first + 1;
    const index = this.y(first) < 0 && next < this.heights.length && this.y(next) < this.height ? next : first;
    return { index, y: this.y(index) };
  }

  /** Puts a row where it was, without moving the scroll position. */
  hold({ index, y }: Anchor): void {
    this.origin += y - this.y(index);
  }

  /**
   * Whether the debt has to be paid now, because a reader would run into the wall at the top, or because what is rendered from `start` on,
   * `extra` pixels of a heading included, does not fit above.
   */
  mustSettle(start: number, extra = 0): boolean {
    const debt = this.origin - this.head;
    if (debt === 0) return false;
    const room = debt + this.heights.offset(start) - extra;
    return start === 0 || room < 0 || (debt < 0 && this.top < this.height);
  }

  /** Puts `origin` right and takes the difference into the scroll position. */
  settle(): void {
    this.top += this.head - this.origin;
    this.origin = this.head;
  }

  toEnd(): void {
    this.top = this.maxTop;
  }

  /** The rows that must be rendered now. */
  needed(): RowRange {
    const { start, end } = this.#around(overscan.least);
    return { start, end: Math.min(end, start + mostRows) };
  }

  /** The rows to render when an exchange is due anyway. */
  wanted(): RowRange {
    const range = this.#around(overscan.most);
    return range.end - range.start > mostRows ? this.needed() : range;
  }

  #around(margin: number): RowRange {
    const top = this.top - this.origin;
    return rowsBetween(this.heights, top - margin, top + this.height + margin);
  }

  /** The last row that is in view whole, or whose end is; −1 when there is none. */
  lastInView(): number {
    const bottom = this.top + this.height - this.origin + endTolerance;
    const index = this.heights.indexAt(bottom);
    return this.heights.offset(index + 1) <= bottom ? index : index - 1;
  }
}
