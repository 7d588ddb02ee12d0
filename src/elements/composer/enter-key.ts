/** The time within which an Enter belongs to the composition that just ended, in milliseconds of the events' clock. */
const aftermath = 60;

/**
 * Tells an Enter that sends from one that ends an input method's composition. The engines differ: most deliver the key press while
 * composing (`isComposing`, or `keyCode` 229 where only that is set), Safari delivers it after `compositionend` as if it were a plain one.
 * https://bugs.webkit.org/show_bug.cgi?id=165004
 */
export class EnterKey {
  #composing = false;
  #ended = -Infinity;

  readonly onCompositionStart = (): void => {
    this.#composing = true;
  };

  readonly onCompositionEnd = (event: Event): void => {
    this.#composing = false;
    this.#ended = event.timeStamp;
  };

  /** The key that ended the composition is up: the next Enter is another one. */
  readonly onKeyUp = (): void => {
    this.#ended = -Infinity;
  };

  sends(event: KeyboardEvent): boolean {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    // Deprecated, and the only sign that Safari and some input methods give.
    if (event.isComposing || event.keyCode === 229 || this.#composing) return false;
    return event.timeStamp - this.#ended > aftermath;
  }
}
