import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { LocalizeController } from '../../i18n/localize-controller.js';

const least = 240;
const most = 400;
const step = 16;

/** The handle between list and window: drag it, or move it by arrow keys, Home and End. */
export class Separator implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #localize: LocalizeController;
  /** px; `undefined` until somebody has moved it. */
  width: number | undefined;
  #dragged = false;

  constructor(host: ReactiveControllerHost, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#dragged = false;
  }

  /** @param list the box whose width it is */
  render(list: () => HTMLElement): TemplateResult {
    return html`<div
      class="separator ${this.#dragged ? 'dragged' : ''}"
      part="separator"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${this.#localize.t.resizeList}
      aria-valuemin=${least}
      aria-valuemax=${most}
      aria-valuenow=${this.width ?? 320}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event, list())}
      @pointerdown=${this.#onDown}
      @pointermove=${(event: PointerEvent) => this.#onMove(event, list())}
      @lostpointercapture=${() => this.#drag(false)}
    ></div>`;
  }

  #onKey(event: KeyboardEvent, list: HTMLElement): void {
    const { width } = list.getBoundingClientRect();
    const forward = this.#localize.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = this.#localize.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === forward) this.#resize(width + step);
    else if (event.key === backward) this.#resize(width - step);
    else if (event.key === 'Home') this.#resize(least);
    else if (event.key === 'End') this.#resize(most);
    else return;
    event.preventDefault();
  }

  #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#drag(true);
  };

  #onMove(event: PointerEvent, list: HTMLElement): void {
    if (!this.#dragged) return;
    const { left, right } = list.getBoundingClientRect();
    this.#resize(this.#localize.dir === 'rtl' ? right - event.clientX : event.clientX - left);
  }

  #drag(on: boolean): void {
    this.#dragged = on;
    this.#host.requestUpdate();
  }

  #resize(width: number): void {
    this.width = Math.round(Math.min(most, Math.max(least, width)));
    this.#host.requestUpdate();
  }
}
