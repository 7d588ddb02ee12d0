const wakeUps = ['online', 'visibilitychange', 'pageshow'];

/** Calls back when the network or the page came back to life: the moments in which a link is worth a probe. */
export class NetworkSignals {
  readonly #target: EventTarget | undefined;
  readonly #onWake: () => void;

  constructor(target: EventTarget | undefined, onWake: () => void) {
    this.#target = target;
    this.#onWake = onWake;
  }

  start(): void {
    for (const type of wakeUps) this.#target?.addEventListener(type, this.#heard);
  }

  stop(): void {
    for (const type of wakeUps) this.#target?.removeEventListener(type, this.#heard);
  }

  readonly #heard = (event: Event): void => {
    const hidden = (event.target as { visibilityState?: string } | null)?.visibilityState === 'hidden';
    if (!hidden) this.#onWake();
  };
}
