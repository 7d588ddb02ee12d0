/** Follows the sizes of a changing set of elements: one observer, told anew what to watch whenever the set changed. */
export class SizeWatcher {
  readonly #resized: (targets: readonly Element[]) => void;
  #observer: ResizeObserver | undefined;
  #watched = new Set<Element>();

  constructor(resized: (targets: readonly Element[]) => void) {
    this.#resized = resized;
  }

  watch(elements: Iterable<Element>): void {
    this.#observer ??= new ResizeObserver((entries) => this.#resized(entries.map(({ target }) => target)));
    const next = new Set(elements);
    for (const element of this.#watched) if (!next.has(element)) this.#observer.unobserve(element);
    for (const element of next) if (!this.#watched.has(element)) this.#observer.observe(element);
    this.#watched = next;
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#watched.clear();
  }
}
