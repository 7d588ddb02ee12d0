import type { ReactiveControllerHost } from 'lit';

/** A part of the code that is not needed before somebody does something. Its host is drawn again when it is there. */
export class Lazy<T> {
  readonly #host: ReactiveControllerHost;
  readonly #load: () => Promise<T>;
  #loading: Promise<T> | undefined;
  value: T | undefined;

  constructor(host: ReactiveControllerHost, load: () => Promise<T>) {
    this.#host = host;
    this.#load = load;
  }

  /** Calls `use` with it; one that cannot be loaded is tried again the next time. */
  with(use: (value: T) => unknown = () => undefined): void {
    this.#loading ??= this.#load();
    this.#loading.then(
      (value) => {
        this.value = value;
        use(value);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        this.#loading = undefined;
        console.warn(error);
      },
    );
  }
}
