/** How long a finger rests, in ms, and how far it may stray, in pixels, for a press to be a long one. */
const pressMs = 500;
const stray = 10;

type Pressed = (target: EventTarget, x: number, y: number) => void;

/** Tells a finger that rests from one that scrolls or taps. */
export class LongPress {
  readonly #pressed: Pressed;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #from = { x: 0, y: 0 };
  /** The finger that opened a menu has not left yet, or its click has not come. */
  #fired = false;

  constructor(pressed: Pressed) {
    this.#pressed = pressed;
  }

  /** Whether what comes now (a click, the system's own menu) belongs to a long press. */
  get holds(): boolean {
    return this.#timer !== undefined || this.#fired;
  }

  down(event: PointerEvent, target: EventTarget | undefined): void {
    this.cancel();
    this.#fired = false;
    if (event.pointerType === 'mouse' || !event.isPrimary || !target) return;
    const { clientX: x, clientY: y } = event;
    this.#from = { x, y };
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#fired = true;
      this.#pressed(target, x, y);
    }, pressMs);
  }

  move({ clientX, clientY }: PointerEvent): void {
    if (Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > stray) this.cancel();
  }

  readonly cancel = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  };

  /** A click came: the one that ends a long press is nobody's. */
  click(event: Event): void {
    if (!this.#fired) return;
    this.#fired = false;
    event.preventDefault();
    event.stopPropagation();
  }
}
