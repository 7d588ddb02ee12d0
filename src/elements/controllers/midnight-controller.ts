import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextMidnight } from '../../i18n/format.js';

/** Draws the host anew when the day changes, so that "today" does not stay there for yesterday. */
export class MidnightController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { now: () => number };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & { now: () => number }) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const now = this.#host.now();
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
        this.hostConnected();
      },
      Math.max(1000, nextMidnight(now) - now),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
