/** The same as in the style sheet: where the panel covers the whole screen. */
const small = '(max-width: 480px), (max-height: 480px)';

/**
 * While the panel is open and as large as the screen: the page behind does not scroll, and the panel ends where an on-screen keyboard
 * begins. What was changed on the page is put back.
 */
export class FullScreen {
  readonly #box: () => HTMLElement;
  #open = false;
  #overflow: string | undefined;
  #media: MediaQueryList | undefined;

  /** @param box gets `--_viewport-height` and `--_viewport-top` */
  constructor(box: () => HTMLElement) {
    this.#box = box;
  }

  set open(open: boolean) {
    if (open === this.#open) return;
    this.#open = open;
    if (open) this.#listen();
    else this.#leave();
  }

  #leave(): void {
    this.#media?.removeEventListener('change', this.#apply);
    window.visualViewport?.removeEventListener('resize', this.#measure);
    window.visualViewport?.removeEventListener('scroll', this.#measure);
    this.#media = undefined;
    this.#release();
  }

  #listen(): void {
    this.#media = window.matchMedia(small);
    this.#media.addEventListener('change', this.#apply);
    window.visualViewport?.addEventListener('resize', this.#measure);
    window.visualViewport?.addEventListener('scroll', this.#measure);
    this.#apply();
    this.#measure();
  }

  #apply = (): void => {
    if (!this.#media?.matches) return this.#release();
    const { style } = document.documentElement;
    this.#overflow ??= style.overflow;
    style.overflow = 'hidden';
  };

  #release(): void {
    if (this.#overflow === undefined) return;
    document.documentElement.style.overflow = this.#overflow;
    this.#overflow = undefined;
  }

  #measure = (): void => {
    const view = window.visualViewport;
    // A page that is zoomed in keeps its own proportions.
    if (!view || view.scale > 1.01) return;
    this.#box().style.setProperty('--_viewport-height', `${view.height}px`);
    this.#box().style.setProperty('--_viewport-top', `${view.offsetTop}px`);
  };
}
