import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Point = { readonly x: number; readonly y: number };

const heldMs = 500;
const slack = 10;

/** A finger that rests on something: where the browser has no `contextmenu` of its own for that. */
export class LongPress implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #pressed: (target: Element, at: Point) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at: Point = { x: 0, y: 0 };

  constructor(host: ReactiveControllerHost & HTMLElement, pressed: (target: Element, at: Point) => void) {
    this.#host = host;
    this.#pressed = pressed;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of types) this.#host.addEventListener(type, this.#hear, { passive: true });
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    for (const type of types) this.#host.removeEventListener(type, this.#hear);
  }

  readonly #hear = (event: Event): void => {
    const { touches } = event as TouchEvent;
    const [touch] = touches ?? [];
    const begins = event.type === 'touchstart' && touches.length === 1;
    const at = touch && { x: touch.clientX, y: touch.clientY };
    const moved = at && Math.hypot(at.x - this.#at.x, at.y - this.#at.y) > slack;
    if (begins || moved || event.type !== 'touchmove') clearTimeout(this.#timer);
    if (!begins || !at) return;
    const target = event.composedPath()[0] as Element;
    this.#at = at;
    this.#timer = setTimeout(() => this.#pressed(target, at), heldMs);
  };
}

const types = ['touchstart', 'touchmove', 'touchend', 'touchcancel', 'contextmenu'] as const;
