import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** What takes away less than this, in pixels, is a browser's bar and no keyboard. */
const leastKeyboard = 100;

/**
 * Keeps the host's lower end above a phone's keyboard, which covers the page without making it smaller: while something inside has the
 * focus, `--_keyboard` on the box says how much is covered.
 */
export class KeyboardInset implements ReactiveController {
  readonly #host: Host;
  readonly #box: () => HTMLElement;
  #listening = false;

  constructor(host: Host, box: () => HTMLElement) {
    this.#host = host;
    this.#box = box;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('focusin', this.#listen);
    this.#host.addEventListener('focusout', this.#leave);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('focusin', this.#listen);
    this.#host.removeEventListener('focusout', this.#leave);
    this.#leave();
  }

  readonly #listen = (): void => {
    if (this.#listening) return;
    this.#listening = true;
    window.visualViewport?.addEventListener('resize', this.#measure);
    window.visualViewport?.addEventListener('scroll', this.#measure);
    this.#measure();
  };

  readonly #leave = (): void => {
    if (!this.#listening) return;
    this.#listening = false;
    window.visualViewport?.removeEventListener('resize', this.#measure);
    window.visualViewport?.removeEventListener('scroll', this.#measure);
    this.#box().style.removeProperty('--_keyboard');
  };

  readonly #measure = (): void => {
    const view = window.visualViewport;
    // A page that is zoomed in keeps its own proportions.
    if (!view || view.scale > 1.01 || window.innerHeight - view.height < leastKeyboard)
      return void this.#box().style.removeProperty('--_keyboard');
    const covered = this.#host.getBoundingClientRect().bottom - (view.offsetTop + view.height);
    this.#box().style.setProperty('--_keyboard', `${Math.max(0, covered)}px`);
  };
}
