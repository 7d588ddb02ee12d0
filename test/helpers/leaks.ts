/** What a page gives out and wants back. */
export type Held = {
  readonly listeners: number;
  readonly timers: number;
  readonly observers: number;
  readonly sockets: number;
};

type Patched = { readonly owner: object; readonly name: string; readonly original: unknown };

/**
 * Counts, from now until `stop`, what is taken and not given back: listeners on the window, the document and other things that
 * outlive an element, timers that are still to run, observers, sockets.
 */
export function countHeld(): { readonly held: () => Held; readonly stop: () => void } {
  const patched: Patched[] = [];
  const replace = (owner: object, name: string, value: unknown): void => {
    const original: unknown = Reflect.get(owner, name);
    patched.push({ owner, name, original });
    Object.defineProperty(owner, name, { configurable: true, writable: true, value });
  };

  const listeners = new Map<string, unknown>();
  const ids = new WeakMap<object, number>();
  let next = 0;
  const idOf = (value: object): number => ids.get(value) ?? (ids.set(value, ++next), next);
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const key = (target: EventTarget, type: string, listener: object): string =>
    `${idOf(target)} ${type} ${idOf(listener)}`;
  // An element that is gone takes its own listeners along.
  const outlives = (target: EventTarget | undefined): boolean =>
    !(target instanceof Node) || target === document || target === document.documentElement || target === document.body;
  replace(
    EventTarget.prototype,
    'addEventListener',
    function (this: EventTarget | undefined, ...args: Parameters<EventTarget['addEventListener']>) {
      const target = this ?? window;
      if (outlives(target) && args[1]) listeners.set(key(target, args[0], args[1]), target);
      addEventListener.apply(target, args);
    },
  );
  replace(
    EventTarget.prototype,
    'removeEventListener',
    function (this: EventTarget | undefined, ...args: Parameters<EventTarget['removeEventListener']>) {
      const target = this ?? window;
      if (args[1]) listeners.delete(key(target, args[0], args[1]));
      removeEventListener.apply(target, args);
    },
  );

  const timers = new Set<unknown>();
  const { setTimeout: later, clearTimeout: never, setInterval: often, clearInterval: stopOften } = window;
  replace(window, 'setTimeout', (run: () => void, ms?: number) => {
    const timer: unknown = later(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
    return timer;
  });
  replace(window, 'clearTimeout', (timer: number) => {
    timers.delete(timer);
    never(timer);
  });
  replace(window, 'setInterval', (run: () => void, ms?: number) => {
    const timer = often(run, ms);
    timers.add(timer);
    return timer;
  });
  replace(window, 'clearInterval', (timer: number) => {
    timers.delete(timer);
    stopOften(timer);
  });

  const observers = new Set<object>();
  for (const name of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'] as const) {
    const { observe, disconnect } = window[name].prototype as ResizeObserver;
    replace(window[name].prototype, 'observe', function (this: ResizeObserver, ...args: Parameters<typeof observe>) {
      observers.add(this);
      observe.apply(this, args);
    });
    replace(window[name].prototype, 'disconnect', function (this: ResizeObserver) {
      observers.delete(this);
      disconnect.call(this);
    });
  }

  let sockets = 0;
  const Socket = window.WebSocket;
  replace(
    window,
    'WebSocket',
    class extends Socket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        sockets++;
        addEventListener.call(this, 'close', () => sockets--);
      }
    },
  );

  return {
    held: () => ({ listeners: listeners.size, timers: timers.size, observers: observers.size, sockets }),
    stop: () => {
      for (const { owner, name, original } of patched.reverse())
        Object.defineProperty(owner, name, { configurable: true, writable: true, value: original });
    },
  };
}

/** Puts an element into the page and takes it out again, a hundred times, and says what is still held afterwards. */
export async function heldAfterHundred(
  make: () => Element,
  settled: (element: Element) => Promise<unknown>,
): Promise<Held> {
  const once = async (): Promise<void> => {
    const element = make();
    document.body.append(element);
    await settled(element);
    element.remove();
    await settled(element);
  };
  // What the first one sets up for all (the document's context root, say) is no leak.
  await once();
  const count = countHeld();
  try {
    for (let i = 0; i < 100; i++) await once();
    return count.held();
  } finally {
    count.stop();
  }
}

export const nothingHeld: Held = { listeners: 0, timers: 0, observers: 0, sockets: 0 };
