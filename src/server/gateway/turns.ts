/** Lets a few tasks run at once; the others wait, in their order. */
export class Turns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Tasks that have not begun. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @param task may `leave` its turn to the next before it ends */
  async run(task: (leave: () => void) => Promise<void>): Promise<void> {
    if (this.#running < this.#atOnce) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let here = true;
    const leave = (): void => {
      if (here) this.#leave();
      here = false;
    };
    try {
      await task(leave);
    } finally {
      leave();
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}
