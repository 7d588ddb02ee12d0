export interface SignalHandler {
  /** The network or the page came back to life: the moment in which a link is worth a probe. */
  onWake(): void;
  /** The page is about to be frozen, or kept for the way back, or gone: this is its last moment. */
  onSleep(): void;
  /** Whether anybody can see the page. */
  onHide(hidden: boolean): void;
}

const wakeUps = ['online', 'visibilitychange', 'pageshow', 'resume'];
const sleeps = ['freeze', 'pagehide'];

/** What a page learns of its network and of its own life (https://wicg.github.io/page-lifecycle/). */
export class NetworkSignals {
  readonly #target: EventTarget | undefined;
  readonly #handler: SignalHandler;

  constructor(target: EventTarget | undefined, handler: SignalHandler) {
    this.#target = target;
    this.#handler = handler;
  }

  // Capturing: some are told to the document and do not bubble.

  start(): void {
    for (const type of wakeUps) this.#target?.addEventListener(type, this.#awoke, true);
    for (const type of sleeps) this.#target?.addEventListener(type, this.#sleeps, true);
  }

  stop(): void {
    for (const type of wakeUps) this.#target?.removeEventListener(type, this.#awoke, true);
    for (const type of sleeps) this.#target?.removeEventListener(type, this.#sleeps, true);
  }

  readonly #awoke = (event: Event): void => {
    const hidden = (event.target as { visibilityState?: string } | null)?.visibilityState === 'hidden';
    if (event.type === 'visibilitychange') this.#handler.onHide(hidden);
    // A tab in the background that thaws has slept all the same.
    if (!hidden || event.type === 'resume' || event.type === 'pageshow') this.#handler.onWake();
  };

  readonly #sleeps = (): void => this.#handler.onSleep();
}
