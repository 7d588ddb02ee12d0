import type { Clock as ClientClock } from '../../../src/client/clock.js';
import type { Clock as ServerClock } from '../../../src/server/clock.js';
import type { FakeClock } from '../../client/helpers/fake-clock.js';

/** A process or a page: what it has planned happens as long as it lives, and waits while it is frozen. */
export class Host implements ClientClock {
  /** What its wall clock shows beyond the true time, ms. */
  wallOffset = 0;
  readonly #time: FakeClock;
  /** Its own handle → that of the time. */
  readonly #timers = new Map<number, number>();
  #next = 1;
  #frozen: (() => void)[] | undefined;
  #alive = true;

  constructor(time: FakeClock) {
    this.#time = time;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#time.now();
  }

  wall(): number {
    return Math.floor(this.#time.wall()) + this.wallOffset;
  }

  setTimeout(run: () => void, ms: number): number {
    const handle = this.#next++;
    const fire = (): void => {
      if (this.#timers.delete(handle)) run();
    };
    this.#timers.set(
      handle,
      this.#time.setTimeout(() => this.run(fire), ms),
    );
    return handle;
  }

  clearTimeout(handle: unknown): void {
    this.#time.clearTimeout(this.#timers.get(handle as number));
    this.#timers.delete(handle as number);
  }

  /** Something reaches it from outside: now, when it is thawed, or never. */
  run(work: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) this.#frozen.push(work);
    else work();
  }

  /** Resolves after `ms` of a life that goes on. */
  wait(ms: number): Promise<void> {
    return new Promise((done) => this.#time.setTimeout(() => this.run(done), ms));
  }

  /** Stopped by a signal, or asleep: time goes on without it. */
  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const missed = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const work of missed) this.#time.setTimeout(() => this.run(work), 0);
  }

  /** Nothing of it happens any more. */
  kill(): void {
    this.#alive = false;
    this.#frozen = undefined;
    for (const handle of [...this.#timers.keys()]) this.clearTimeout(handle);
  }
}

/** The server's clock on a host: it has only the wall's, as the real one. */
export function serverClock(host: Host): ServerClock {
  return {
    now: () => host.wall(),
    after(ms, run) {
      const handle = host.setTimeout(run, ms);
      return () => host.clearTimeout(handle);
    },
    every(ms, run) {
      let handle = 0;
      const again = (): void => {
        handle = host.setTimeout(() => {
          again();
          run();
        }, ms);
      };
      again();
      return () => host.clearTimeout(handle);
    },
  };
}
