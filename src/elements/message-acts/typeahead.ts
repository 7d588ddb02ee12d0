/** After this pause, in ms, a letter begins a new word. */
const pauseMs = 700;

/** Finds by the letters that are typed. */
export class Typeahead {
  #typed = '';
  #last = -Infinity;

  /** The index of the label that begins with what was typed, from `at` on and round; −1 where none does. */
  find(letter: string, time: number, labels: readonly string[], at: number): number {
    this.#typed = time - this.#last > pauseMs ? letter : this.#typed + letter;
    this.#last = time;
    // The same letter again and again walks through what begins with it.
    const again = [...this.#typed].every((each) => each === letter);
    const sought = (again ? letter : this.#typed).toLocaleLowerCase();
    const from = again ? at + 1 : Math.max(0, at);
    for (let i = 0; i < labels.length; i++) {
      const index = (from + i) % labels.length;
      if (labels[index]!.toLocaleLowerCase().startsWith(sought)) return index;
    }
    return -1;
  }
}
