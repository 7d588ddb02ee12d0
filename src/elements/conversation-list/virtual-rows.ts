import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** Rows drawn beyond each edge of the viewport, so that a quick scroll shows no blank. */
const overscan = 8;
/** What is drawn before the viewport has been measured. */
const firstGuess = 800;

/** Keeps only the rows near the viewport in the tree. All rows are equally high, so where a row stands is a product. */
export class VirtualRows implements ReactiveController {
  readonly #host: Host;
  readonly #rowHeight: number;
  #scroller: HTMLElement | undefined;
  #height = firstGuess;
  #resize: ResizeObserver | undefined;
  #shown = { first: 0, end: 0 };
  #count = 0;

  constructor(host: Host, rowHeight: number) {
    this.#host = host;
    this.#rowHeight = rowHeight;
    host.addController(this);
  }

  /** Which of `count` rows are in the tree now. */
  range(count: number): { readonly first: number; readonly end: number } {
    this.#count = count;
    this.#shown = this.#near();
    return this.#shown;
  }

  /** Scrolls as little as brings a row into view. */
  reveal(index: number): void {
    if (!this.#scroller) return;
    const top = index * this.#rowHeight;
    const { scrollTop } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + this.#rowHeight > scrollTop + this.#height)
      this.#scroller.scrollTop = top + this.#rowHeight - this.#height;
    this.onScroll();
  }

  /** How many rows fit into the viewport. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
  }

  readonly onScroll = (): void => {
    const { first, end } = this.#near();
    // Redrawn when half of what lies in store is used up, not at every pixel.
    if (Math.abs(first - this.#shown.first) >= overscan / 2 || end > this.#shown.end + overscan / 2)
      this.#host.requestUpdate();
  };

  /** Takes the scrolling box and the two inside it: one as high as all rows, one that holds those in the tree. */
  place(scroller: HTMLElement, space: HTMLElement, rows: HTMLElement): void {
    if (scroller !== this.#scroller) {
      this.#resize?.disconnect();
      this.#scroller = scroller;
      this.#observe();
    }
    space.style.setProperty('height', `${this.#count * this.#rowHeight}px`);
    rows.style.setProperty('transform', `translateY(${this.#shown.first * this.#rowHeight}px)`);
  }

  hostConnected(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#resize = undefined;
  }

  #observe(): void {
    if (!this.#scroller) return;
    this.#resize ??= new ResizeObserver(([entry]) => {
      // Zero while it is hidden: what was drawn stays as it is.
      const height = Math.round(entry!.contentRect.height);
      if (height === 0 || height === this.#height) return;
      this.#height = height;
      this.onScroll();
      this.#host.requestUpdate();
    });
    this.#resize.observe(this.#scroller);
  }

  #near(): { first: number; end: number } {
    const top = Math.floor((this.#scroller?.scrollTop ?? 0) / this.#rowHeight);
    const visible = Math.ceil(this.#height / this.#rowHeight) + 1;
    return {
      first: Math.max(0, Math.min(top, this.#count) - overscan),
      end: Math.min(this.#count, top + visible + overscan),
    };
  }
}
