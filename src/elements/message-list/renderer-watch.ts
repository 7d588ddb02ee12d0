import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onRendererChange } from '../../renderers/changes.js';

/** Draws its host anew when a renderer is registered; `drawing` is another number then. */
export class RendererWatch implements ReactiveController {
  drawing = 0;
  readonly #host: ReactiveControllerHost;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onRendererChange(() => {
      this.drawing++;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
