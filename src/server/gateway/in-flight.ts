import type { Clock } from '../clock.js';

/** Counts what was begun and has not ended, so that a shutdown can wait for it. */
export class InFlight {
  #count = 0;
  #closing = false;
  #idle: (() => void) | undefined;

  /** Whether nothing new may be begun. */
  get closing(): boolean {
    return this.#closing;
  }

  begin(): void {
    this.#count++;
  }

  end(): void {
    this.#count--;
    if (this.#count === 0) this.#idle?.();
  }

  /** Lets nothing new in, and resolves when all has ended, or after `ms`. */
  async drain(clock: Clock, ms: number): Promise<void> {
    this.#closing = true;
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.#idle = () => {
        cancel();
        resolve();
      };
    });
  }
}
