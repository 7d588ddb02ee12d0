import { CommonLock } from './common-lock.js';

/** Whether a person looks at the account's chat, in whichever tab: then nothing needs to ring. */
export class Attention {
  readonly #lock: CommonLock;
  #here = false;

  constructor(locks: LockManager | undefined, name: string) {
    this.#lock = new CommonLock(locks, `${name} attended`);
  }

  set here(here: boolean) {
    this.#here = here;
    if (here) void this.#lock.hold();
    else this.#lock.release();
  }

  /** Runs `ring` unless somebody looks. */
  async elseRing(ring: () => void): Promise<void> {
    if (!this.#here) await this.#lock.alone(ring);
  }
}
