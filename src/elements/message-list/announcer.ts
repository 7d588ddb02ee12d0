/** More than this at once are counted, not read. */
const mostRead = 3;

/** Collects what a screen reader is to be told of new messages until the next render, so that a burst becomes one sentence. */
export class Announcer {
  #waiting: string[] = [];
  #text = '';
  /** Grows with every announcement: the same words twice must be two nodes, or the second is not spoken. */
  #turn = 0;

  add(text: string): void {
    this.#waiting.push(text);
  }

  /** What the live region holds now. */
  take(summary: (count: number) => string): { readonly turn: number; readonly text: string } {
    const count = this.#waiting.length;
    if (count > 0) {
      this.#text = count > mostRead ? summary(count) : this.#waiting.join('\n');
      this.#waiting = [];
      this.#turn++;
    }
    return { turn: this.#turn, text: this.#text };
  }

  clear(): void {
    this.#waiting = [];
    this.#text = '';
  }
}
