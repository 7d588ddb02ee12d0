/** Something that holds its writes back until the turn of the event loop ends. */
export interface Corked {
  uncork(): void;
}

/**
 * Sends what many frames wrote in one turn of the event loop as one write a socket: the acks and events of a commit leave together,
 * and the system call is most of what a small frame costs.
 */
export class Flusher {
  #waiting: Corked[] = [];

  add(corked: Corked): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push(corked);
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const corked of waiting) corked.uncork();
  }
}
