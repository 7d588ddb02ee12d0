/** How long after the last scroll event a list still counts as being scrolled. */
const restMs = 1_200;

/** Keeps the class `scrolling` on an element while somebody scrolls it. */
export class ScrollingMark {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A scroll event came; `byHand`: not because the view follows the end. */
  scrolled(element: Element, byHand: boolean): void {
    if (!byHand) return;
    element.classList.add('scrolling');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => element.classList.remove('scrolling'), restMs);
  }

  disconnect(): void {
    clearTimeout(this.#timer);
  }
}
