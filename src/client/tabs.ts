import type { Settings } from './options.js';

type Word = { readonly tab: string } | { readonly draft: { readonly cid: string; readonly text: string } };

export interface TabsHandler {
  /** A client that had written rows into the shared outbox is gone, or can not be told from one that is. */
  onGone(tab: string): void;
  onDraft(cid: string, text: string): void;
}

/**
 * The account's clients on this origin that share one database. Each holds a Web Lock by its own name as long as it lives; who can
 * take another's lock knows that it is gone. Where there are no locks everybody counts as gone: two may then send the same row, and the
 * server stores it once.
 */
export class Tabs {
  readonly #settings: Settings;
  readonly #handler: TabsHandler;
  readonly #tab: string;
  readonly #channel: BroadcastChannel | undefined;
  readonly #ending = new AbortController();
  readonly #watched = new Set<string>();
  #release: () => void = () => undefined;

  constructor(settings: Settings, tab: string, handler: TabsHandler) {
    this.#settings = settings;
    this.#handler = handler;
    this.#tab = tab;
    this.#channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(settings.name);
    if (this.#channel) this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data);
    void this.#hold();
  }

  /** Calls `onGone` as soon as `tab` is. */
  watch(tab: string): void {
    const { locks } = this.#settings;
    if (tab === this.#tab || this.#watched.has(tab)) return;
    if (!locks) return this.#handler.onGone(tab);
    this.#watched.add(tab);
    const gone = (): void => this.#handler.onGone(tab);
    const { signal } = this.#ending;
    locks.request(this.#lock(tab), { signal }, gone).catch(() => signal.aborted || gone());
  }

  tellDraft(cid: string, text: string): void {
    this.#say({ draft: { cid, text } });
  }

  close(): void {
    this.#ending.abort();
    this.#release();
    this.#channel?.close();
  }

  async #hold(): Promise<void> {
    const { locks } = this.#settings;
    if (!locks) return;
    const released = new Promise<void>((release) => (this.#release = release));
    await locks
      .request(this.#lock(this.#tab), { signal: this.#ending.signal }, () => {
        this.#say({ tab: this.#tab });
        return released;
      })
      .catch(() => undefined);
  }

  #hear(word: Word): void {
    if ('draft' in word) this.#handler.onDraft(word.draft.cid, word.draft.text);
    else if (this.#settings.locks) this.watch(word.tab);
  }

  #say(word: Word): void {
    if (!this.#ending.signal.aborted) this.#channel?.postMessage(word);
  }

  #lock(tab: string): string {
    return `${this.#settings.name} ${tab}`;
  }
}
