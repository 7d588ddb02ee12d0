import type { Message } from '../../protocol/message.js';
import { RowHeights } from './row-heights.js';
import { ScrollModel } from './scroll-model.js';
import { SizeWatcher } from './size-watcher.js';
import { contains, emptyRange, type RowRange } from './virtual-range.js';

/** What the viewport works on; the rows between the pads are grouped in sections that begin with a heading. */
export type Stage = {
  readonly scroller: HTMLElement;
  readonly head: HTMLElement;
  readonly above: HTMLElement;
  readonly below: HTMLElement;
};

/** Where a reader was, to be found again later. */
export type Place = 'end' | { readonly key: string; readonly y: number };

/** A row to bring into view: its beginning so far below the upper edge, or its end so far above the lower one. */
type Aim = { readonly key: string; readonly edge: 'start' | 'end'; readonly gap: number };

/** How long after the last scroll event a scroll counts as over. `scrollend` is not everywhere yet. */
const restMs = 120;
/** Used until the viewport was measured. */
const assumed = { width: 800, height: 800 };
/** Space below the last row, in pixels. */
const tail = 10;

/**
 * Decides which messages are rendered, and keeps what the reader sees where it is: while rows come, go, and turn out higher or lower than
 * guessed. Everything happens before the browser paints: after a render in `layout`, after late changes in a `ResizeObserver`.
 */
export class Viewport {
  readonly model = new ScrollModel(tail);
  /** The rows to render. */
  range: RowRange = emptyRange;
  /** Whether the view follows the end. */
  follows = true;

  readonly #heights = new RowHeights(this.model.heights);
  readonly #sizes = new SizeWatcher((targets) => this.#resized(targets));
  readonly #stage: () => Stage | undefined;
  readonly #render: () => void;
  readonly #moved: () => void;
  readonly #whole: (range: RowRange) => RowRange;
  #messages: readonly Message[] = [];
  #rendered: RowRange = emptyRange;
  #open = false;
  #width = assumed.width;
  /** Where the scroller was last known to stand; `undefined` when it may stand anywhere. */
  #live: number | undefined;
  #aim: Aim | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;

  /** `render` asks for the rows of `range` to be drawn and `layout` to be called; `moved` hears of every change of what is in view; `whole` adds rows that are drawn with those of a range. */
  constructor(
    stage: () => Stage | undefined,
    render: () => void,
    moved: () => void,
    whole: (range: RowRange) => RowRange = (range) => range,
  ) {
    this.#stage = stage;
    this.#render = render;
    this.#moved = moved;
    this.#whole = whole;
  }

  /** Ends every observer and timer. `layout` starts them again. */
  disconnect(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#sizes.stop();
  }

  /** Another conversation, or the same anew: forgets the rows, and shows `place` once there are some. */
  begin(place: Place): void {
    this.#heights.clear();
    this.#messages = [];
    this.range = this.#rendered = emptyRange;
    this.model.settle();
    this.#live = undefined;
    this.follows = place === 'end';
    this.#aim = place === 'end' ? undefined : { key: place.key, edge: 'start', gap: place.y };
  }

  /** Takes over another state of the timeline, before it is rendered. `open`: more follows beyond its end, so the end is not kept. */
  update(messages: readonly Message[], open: boolean): void {
    const stage = this.#stage();
    if (stage) this.#sync(stage);
    this.#open = open;
    if (messages !== this.#messages) {
      const anchors = this.follows || this.#aim ? [] : this.#anchors();
      this.#heights.use(messages, this.#width);
      this.#messages = messages;
      this.#hold(anchors);
    }
    if (this.model.height === 0) this.model.height = assumed.height;
    this.#place();
    if (open) this.follows = false;
    const fits = contains(this.range, this.model.needed()) && this.range.end <= messages.length;
    this.range = this.#whole(fits ? this.range : this.model.wanted());
  }

  /** After a render: measures, puts everything right, and asks for another render when rows are missing. */
  layout(): void {
    const stage = this.#stage();
    if (!stage) return;
    this.#rendered = this.range;
    this.#sizes.watch([stage.scroller, stage.head, ...stage.scroller.querySelectorAll('.row')]);
    this.#arrange(stage, this.#render);
  }

  toEnd(): void {
    this.onScroll();
    this.#aim = undefined;
    this.follows = !this.#open;
    this.model.settle();
    this.model.toEnd();
    this.#rearrange();
  }

  /** Scrolls as little as needed to have a row in view, so far from the edges. */
  reveal(index: number, above: number, below: number): void {
    const key = this.#messages[index]?.idClient;
    if (key === undefined) return;
    this.onScroll();
    const y = this.model.y(index);
    const height = this.model.heights.get(index);
    const over = y + height > this.model.height - below;
    if (y >= above && !over) return;
    const start = y < above || height > this.model.height - above - below;
    this.#aim = start ? { key, edge: 'start', gap: above } : { key, edge: 'end', gap: below };
    this.follows = false;
    this.#rearrange();
  }

  scrollBy(pixels: number): void {
    const stage = this.#stage();
    if (!stage) return;
    stage.scroller.scrollTop += pixels;
    this.onScroll();
    this.#rearrange();
  }

  place(): Place {
    const anchor = this.follows ? undefined : this.model.anchor();
    const key = anchor && this.#messages[anchor.index]?.idClient;
    return anchor && key !== undefined ? { key, y: anchor.y } : 'end';
  }

  indexOf(key: string | undefined): number {
    return key === undefined ? -1 : this.#messages.findIndex((message) => message.idClient === key);
  }

  readonly onScroll = (): void => {
    const stage = this.#stage();
    if (!stage || !this.#sync(stage)) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(this.#onRest, restMs);
    if (this.model.mustSettle(this.#rendered.start)) this.#rearrange();
    else if (!this.#exchange(this.#render)) this.#moved();
  };

  readonly #onRest = (): void => {
    this.#rest = undefined;
    // A scroll of which the event is still to come goes on.
    this.onScroll();
    if (this.#rest === undefined) this.#rearrange();
  };

  /** Takes over where the scroller stands, unless that is where it was put. Gives whether somebody moved it. */
  #sync({ scroller }: Stage): boolean {
    const { model } = this;
    const live = scroller.scrollTop;
    const before = this.#live;
    this.#live = live;
    if (before === undefined || Math.abs(live - before) < 1) return false;
    // What became lower pulls the scroll position along: nobody moved it, and the model still knows where it should be.
    const pulled =
      live < before && live < model.maxTop - 1 && live >= scroller.scrollHeight - scroller.clientHeight - 1;
    if (pulled) return false;
    // After a leap nothing on screen has to stay where it was: what is owed is owed no more, and the top is the top.
    if (Math.abs(live - before) > model.height) model.origin = model.head;
    model.top = live;
    this.#aim = undefined;
    this.follows = !this.#open && (model.atEnd || (this.follows && live > before));
    return true;
  }

  #rearrange(): void {
    const stage = this.#stage();
    if (stage) this.#arrange(stage, this.#render);
  }

  #arrange(stage: Stage, render: () => void): void {
    const { model } = this;
    this.#width = stage.scroller.clientWidth;
    const height = stage.scroller.clientHeight;
    if (height === 0) return;
    model.height = height;
    const anchor = this.follows || this.#aim ? undefined : model.anchor();
    const extra = this.#measure(stage);
    if (anchor) model.hold(anchor);
    this.#place();
    if (this.#rest === undefined || model.mustSettle(this.#rendered.start, extra)) model.settle();
    this.#write(stage, extra);
    if (this.#exchange(render)) return;
    this.#aim = undefined;
    this.#moved();
  }

  /** Puts the view where it is meant to be, where it is meant to be somewhere. */
  #place(): void {
    const { model } = this;
    const index = this.#aim ? this.indexOf(this.#aim.key) : -1;
    if (this.#aim && index >= 0) {
      const { edge, gap } = this.#aim;
      const y = edge === 'start' ? gap : model.height - gap - model.heights.get(index);
      model.settle();
      model.top = Math.max(0, Math.min(model.maxTop, model.top + model.y(index) - y));
      this.follows = !this.#open && model.atEnd;
    } else if (this.follows) {
      model.settle();
      model.toEnd();
    }
  }

  /** Measures what is rendered. Gives the height of a heading that stands above the first row though its day began earlier. */
  #measure({ scroller, head }: Stage): number {
    this.model.head = heightOf(head);
    let row = this.#rendered.start;
    let extra = 0;
    for (const section of scroller.querySelectorAll('section')) {
      let heading = 0;
      for (const element of section.children) {
        if (element.classList.contains('row')) {
          // Messages that are drawn as one share the height evenly.
          const rows = Number((element as HTMLElement).dataset['rows'] ?? 1);
          const height = (heightOf(element) + heading) / rows;
          for (const end = row + rows; row < end; row++) this.#heights.measure(row, height);
          heading = 0;
        } else if (section.hasAttribute('data-whole')) heading = heightOf(element);
        else extra = heightOf(element);
      }
    }
    return extra;
  }

  #write({ scroller, above, below }: Stage, extra: number): void {
    const { model } = this;
    const { start, end } = this.#rendered;
    const debt = model.origin - model.head;
    above.style.height = `${Math.max(0, debt + model.heights.offset(start) - extra)}px`;
    below.style.height = `${model.heights.total - model.heights.offset(end) + tail}px`;
    scroller.scrollTop = model.top;
    this.#live = scroller.scrollTop;
    // Engines round to device pixels; keeping the fraction here keeps many small corrections from adding up.
    if (Math.abs(this.#live - model.top) >= 1) model.top = this.#live;
  }

  /** Asks for other rows when some that are needed are not there. */
  #exchange(render: () => void): boolean {
    if (contains(this.#rendered, this.model.needed())) return false;
    this.range = this.#whole(this.model.wanted());
    render();
    return true;
  }

  /** The rows on screen with their places; the first that is still there afterwards tells how far the rest moved. */
  #anchors(): { readonly key: string; readonly y: number }[] {
    const first = this.model.anchor();
    if (!first) return [];
    const rows = this.#messages.slice(first.index, first.index + 20);
    return rows.map(({ idClient }, i) => ({ key: idClient, y: this.model.y(first.index + i) }));
  }

  #hold(anchors: readonly { readonly key: string; readonly y: number }[]): void {
    const kept = anchors.find(({ key }) => this.indexOf(key) >= 0);
    if (kept) this.model.hold({ index: this.indexOf(kept.key), y: kept.y });
    // Nothing is left of what was on screen: this is another stretch of the conversation, and one begins at its end.
    else if (anchors.length > 0) this.follows = true;
  }

  #resized(targets: readonly Element[]): void {
    const stage = this.#stage();
    if (!stage) return;
    this.#sync(stage);
    // Rows that begin to be observed while rows are being reported would be an "undelivered notification", an error that pages log.
    this.#arrange(stage, targets.includes(stage.scroller) ? this.#render : () => this.#nextFrame());
  }

  #nextFrame(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#render();
    });
  }
}

function heightOf(element: Element): number {
  return element.getBoundingClientRect().height;
}
