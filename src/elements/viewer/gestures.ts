type Point = { readonly x: number; readonly y: number };

/** What fingers, mouse and wheel ask of a picture; points are counted from the stage's middle. */
export interface GestureTarget {
  zoom(factor: number, point: Point): void;
  pan(dx: number, dy: number): void;
  /** A finger has moved so far to the side and was lifted. */
  swipe(dx: number): void;
  enlarged(): boolean;
}

/** Distance in pixels from which a sideways move turns the page. */
const swipeLength = 60;

/** Turns pointer and wheel events on a stage into what they mean. */
export class Gestures {
  readonly #target: GestureTarget;
  readonly #pointers = new Map<number, Point>();
  #way = 0;
  #fingers = 0;

  constructor(target: GestureTarget) {
    this.#target = target;
  }

  readonly handleEvent = (event: Event): void => {
    if (event instanceof WheelEvent) this.#wheel(event);
    else if (event instanceof PointerEvent) this.#pointer(event);
  };

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.#target.zoom(Math.exp((-event.deltaY * lines) / 400), pointOf(event));
  }

  #pointer(event: PointerEvent): void {
    const { pointerId, type } = event;
    if (type === 'pointerdown') {
      if (event.button > 0) return;
      (event.currentTarget as Element).setPointerCapture(pointerId);
      this.#pointers.set(pointerId, pointOf(event));
      this.#fingers = Math.max(this.#fingers, this.#pointers.size);
      return;
    }
    const before = this.#pointers.get(pointerId);
    if (!before) return;
    if (type === 'pointermove') return this.#move(event, before);
    this.#pointers.delete(pointerId);
    if (this.#pointers.size > 0) return;
    if (this.#fingers === 1 && type === 'pointerup' && !this.#target.enlarged() && Math.abs(this.#way) > swipeLength)
      this.#target.swipe(this.#way);
    this.#way = this.#fingers = 0;
  }

  #move(event: PointerEvent, before: Point): void {
    const now = pointOf(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (!other) {
      this.#way += now.x - before.x;
      if (this.#target.enlarged()) this.#target.pan(now.x - before.x, now.y - before.y);
      return;
    }
    const apart = (point: Point): number => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    this.#target.zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    this.#target.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  }
}

function pointOf(event: MouseEvent): Point {
  const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}
