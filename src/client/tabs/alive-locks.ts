import type { Settings } from '../options.js';

/**
 * Tells when another tab is gone. Each holds a Web Lock by its own name as long as it lives; who can take another's lock knows. Without
 * locks everybody counts as gone: two may then send the same row, and the server stores it once.
 */
export class AliveLocks {
  readonly #settings: Settings;
  readonly #tab: string;
  readonly #onGone: (tab: string) => void;
  #held = false;
  #release: () => void = () => undefined;
  #ending = new AbortController();
  readonly #watched = new Set<string>();

  constructor(settings: Settings, tab: string, onGone: (tab: string) => void) {
    this.#settings = settings;
    this.#tab = tab;
    this.#onGone = onGone;
  }

  get held(): boolean {
    return this.#held;
  }

  /** From here on this tab lives. @param onHeld the others may watch it now */
  hold(onHeld: () => void): void {
    this.#held = true;
    const { signal } = (this.#ending = new AbortController());
    const held = (): Promise<void> => {
      onHeld();
      return new Promise((release) => (this.#release = release));
    };
    this.#settings.locks?.request(this.#lock(this.#tab), { signal }, held).catch(() => undefined);
  }

  /** Calls back as soon as `tab` is gone. */
  watch(tab: string): void {
    const { locks } = this.#settings;
    if (tab === this.#tab || this.#watched.has(tab)) return;
    if (!locks) return this.#onGone(tab);
    this.#watched.add(tab);
    const gone = (): void => {
      this.#watched.delete(tab);
      this.#onGone(tab);
    };
    const { signal } = this.#ending;
    locks.request(this.#lock(tab), { signal }, gone).catch(() => signal.aborted || gone());
  }

  release(): void {
    this.#held = false;
    this.#ending.abort();
    this.#release();
    this.#watched.clear();
  }

  #lock(tab: string): string {
    return `${this.#settings.name} ${tab}`;
  }
}
