import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** Knows whether somebody can see the host: the page is not hidden, and the host is on the screen. */
export class Visibility implements ReactiveController {
  readonly #host: Host;
  readonly #changed: () => void;
  #observer: IntersectionObserver | undefined;
  #onScreen = false;

  /** `changed` is called when the host may have come into sight. */
  constructor(host: Host, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get visible(): boolean {
    const { ownerDocument } = this.#host;
    // The observer sees boxes; a pane that is only `visibility: hidden` has one.
    return this.#onScreen && !ownerDocument.hidden && this.#host.checkVisibility({ visibilityProperty: true });
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      this.#onScreen = entries.at(-1)!.isIntersecting;
      this.#changed();
    });
    this.#observer.observe(this.#host);
    this.#host.ownerDocument.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#onScreen = false;
    this.#host.ownerDocument.removeEventListener('visibilitychange', this.#changed);
  }
}
