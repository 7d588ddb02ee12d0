/**
 * A Web Lock that any number of tabs hold together, and that one can have alone only when none of them does. Without locks nobody is known
 * of, and everybody counts as alone.
 */
export class CommonLock {
  readonly #locks: LockManager | undefined;
  readonly #name: string;
  #release: (() => void) | undefined;

  constructor(locks: LockManager | undefined, name: string) {
    this.#locks = locks;
    this.#name = name;
  }

  /** Resolves when it is held; waits for one who has it alone. */
  async hold(): Promise<void> {
    if (!this.#locks || this.#release) return;
    const released = new Promise<void>((release) => (this.#release = release));
    await new Promise<void>((held) => {
      const hold = (): Promise<void> => {
        held();
        return released;
      };
      // Refused, as in a sandboxed frame: there are no others either.
      this.#locks!.request(this.#name, { mode: 'shared' }, hold).catch(() => held());
    });
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Runs `work` with the lock held alone, if nobody holds it. */
  async alone(work: () => Promise<void> | void): Promise<void> {
    if (!this.#locks) return work();
    let asked = false;
    const ask = async (lock: Lock | null): Promise<void> => {
      asked = true;
      if (lock) await work();
    };
    await this.#locks.request(this.#name, { ifAvailable: true }, ask).catch((cause: unknown) => {
      if (asked) throw cause;
      return work();
    });
  }
}
