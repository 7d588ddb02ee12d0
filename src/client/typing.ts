import type { ClientFrame } from '../protocol/frames.js';
import { Timers } from './clock.js';
import type { Settings } from './options.js';

const nobody: readonly string[] = [];

/** Who writes where: one's own word, said sparingly, and the others', which ends by itself. */
export class Typing {
  readonly #settings: Settings;
  readonly #send: (frame: ClientFrame) => boolean;
  readonly #onChange: (cid: string) => void;
  readonly #timers: Timers;
  readonly #writers = new Map<string, readonly string[]>();
  readonly #own = new Set<string>();

  constructor(settings: Settings, send: (frame: ClientFrame) => boolean, onChange: (cid: string) => void) {
    this.#settings = settings;
    this.#send = send;
    this.#onChange = onChange;
    this.#timers = new Timers(settings.clock);
  }

  /** Said again at most every few seconds while `on` is repeated; taken back when it is not. */
  set(cid: string, on: boolean): void {
    const { typingEvery, typingEnds } = this.#settings.timing;
    if (!on) return this.#stop(cid);
    this.#timers.set(`idle ${cid}`, typingEnds, () => this.#stop(cid));
    if (this.#timers.has(`said ${cid}`)) return;
    this.#own.add(cid);
    this.#send({ t: 'typing', cid, on: true });
    this.#timers.set(`said ${cid}`, typingEvery, () => undefined);
  }

  /** The message that was being written is on its way: that tells the others by itself. */
  sent(cid: string): void {
    this.#own.delete(cid);
    this.#timers.cancel(`idle ${cid}`);
    this.#timers.cancel(`said ${cid}`);
  }

  receive(cid: string, account: string, on: boolean): void {
    if (account === this.#settings.account) return;
    const timer = `${cid} ${account}`;
    if (on) this.#timers.set(timer, this.#settings.timing.typingEnds, () => this.receive(cid, account, false));
    else this.#timers.cancel(timer);
    const writers = this.writers(cid);
    if (writers.includes(account) === on) return;
    const next = on ? [...writers, account] : writers.filter((other) => other !== account);
    if (next.length === 0) this.#writers.delete(cid);
    else this.#writers.set(cid, next);
    this.#onChange(cid);
  }

  writers(cid: string): readonly string[] {
    return this.#writers.get(cid) ?? nobody;
  }

  /** Without a link nothing is known of the others. */
  offline(): void {
    this.#timers.clear();
    this.#own.clear();
    const cids = [...this.#writers.keys()];
    this.#writers.clear();
    for (const cid of cids) this.#onChange(cid);
  }

  #stop(cid: string): void {
    if (this.#own.has(cid)) this.#send({ t: 'typing', cid, on: false });
    this.sent(cid);
  }
}
