import { Timers } from '../clock.js';
import type { Settings } from '../options.js';

export interface LeadershipHandler {
  /** This tab leads, until `onLost` or `leave`. */
  onLead(): void;
  /** Another took the lead, since this one did not answer. */
  onLost(): void;
  /** Asks the leader for a sign of life; `heard` is to be called when it comes. */
  ask(): void;
}

/** How often a tab in sight asks, and how long it waits for the answer: a leader that hangs is replaced well within 2 s. */
const askEvery = 400;
const patience = 800;
/** A timer that fires so much too late tells of this tab's own sleep, not of the leader's. */
const overslept = 300;

type Place = 'out' | 'waiting' | 'leading';

/**
 * Which of an account's tabs leads: the one that holds a Web Lock. The browser gives it to the next as soon as its holder is gone. One that is
 * frozen or hangs still holds it, so the others ask it now and then, and take the lock away from one that does not answer.
 */
export class Leadership {
  readonly #locks: LockManager;
  readonly #lock: string;
  readonly #clock: Settings['clock'];
  readonly #handler: LeadershipHandler;
  readonly #timers: Timers;
  #place: Place = 'out';
  #round = new AbortController();
  #release: () => void = () => undefined;
  #hidden = false;

  constructor(locks: LockManager, { name, clock }: Settings, handler: LeadershipHandler) {
    this.#locks = locks;
    this.#lock = `${name} link`;
    this.#clock = clock;
    this.#handler = handler;
    this.#timers = new Timers(clock);
  }

  get place(): Place {
    return this.#place;
  }

  /** Stands in line for the lead. */
  enter(): void {
    if (this.#place === 'out') this.#stand(false);
  }

  /** Gives up the lead, or the wish for it. */
  leave(): void {
    this.#place = 'out';
    this.#timers.clear();
    this.#round.abort();
    this.#release();
  }

  /** A tab that nobody looks at waits without asking: its timers sleep, and nobody would notice. */
  set hidden(hidden: boolean) {
    this.#hidden = hidden;
    if (hidden) this.#timers.clear();
    else this.check();
  }

  /** The leader spoke. */
  heard(): void {
    this.#timers.cancel('patience');
    if (this.#place === 'waiting' && !this.#hidden && !this.#timers.has('ask'))
      this.#timers.set('ask', askEvery, () => this.check());
  }

  /** Asks the leader for a sign of life, and replaces it when none comes. */
  check(): void {
    if (this.#place !== 'waiting' || this.#timers.has('patience')) return;
    this.#timers.cancel('ask');
    const due = this.#clock.now() + patience;
    this.#timers.set('patience', patience, () => {
      if (this.#clock.now() - due > overslept) this.check();
      else this.#stand(true);
    });
    this.#handler.ask();
  }

  #stand(steal: boolean): void {
    this.#round.abort();
    const round = (this.#round = new AbortController());
    const { signal } = round;
    this.#place = 'waiting';
    this.#timers.clear();
    const lead = (): void => {
      this.#place = 'leading';
      this.#timers.clear();
      this.#handler.onLead();
    };
    const held = async (): Promise<void> => {
      if (signal.aborted) return;
      // Made first: whoever hears of the lead may give it up at once.
      const released = new Promise<void>((release) => (this.#release = release));
      lead();
      return released;
    };
    // Taking away and an abort signal do not go together: the specification forbids it.
    this.#locks.request(this.#lock, steal ? { steal } : { signal }, held).catch(() => {
      if (signal.aborted) return;
      // No locks in this place after all, as in a sandboxed frame: everybody for himself.
      if (this.#place !== 'leading') return lead();
      this.#place = 'out';
      this.#handler.onLost();
      this.enter();
    });
    if (!this.#hidden) this.check();
  }
}
