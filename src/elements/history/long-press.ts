export type Point = { readonly x: number; readonly y: number };

const heldMs = 500;
const slack = 10;
const ends = ['touchend', 'touchcancel', 'contextmenu'] as const;

/** A finger that rests on `target`: for browsers without a `contextmenu` of their own for that. Called at each `touchstart`. */
export function longPress({ touches }: TouchEvent, target: Element, pressed: (at: Point) => void): void {
  const [touch] = touches;
  if (!touch || touches.length > 1) return;
  const at = { x: touch.clientX, y: touch.clientY };
  const over = new AbortController();
  const options = { signal: over.signal, passive: true };
  const timer = setTimeout(() => {
    over.abort();
    swallowClick(target);
    pressed(at);
  }, heldMs);
  over.signal.addEventListener('abort', () => clearTimeout(timer));
  for (const type of ends) target.addEventListener(type, () => over.abort(), options);
  target.addEventListener(
    'touchmove',
    (event) => {
      const [moved] = (event as TouchEvent).touches;
      if (!moved || Math.hypot(moved.clientX - at.x, moved.clientY - at.y) > slack) over.abort();
    },
    options,
  );
}

/** Letting go is no click; the next touch may be one. */
function swallowClick(target: Element): void {
  const over = new AbortController();
  const options = { signal: over.signal, capture: true };
  target.addEventListener(
    'click',
    (event) => {
      event.stopPropagation();
      event.preventDefault();
      over.abort();
    },
    options,
  );
  target.ownerDocument.addEventListener('pointerdown', () => over.abort(), options);
}
