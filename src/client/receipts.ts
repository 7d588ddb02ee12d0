import type { ClientFrame } from '../protocol/frames.js';
import { Timers } from './clock.js';
import type { Commits } from './commits.js';
import type { Settings } from './options.js';
import { withRead } from './store/entry.js';
import type { ReadModel } from './store/read-model.js';

/** One's own read markers: forward only, shown at once, and sent until the server is known to have them. */
export class Receipts {
  readonly #settings: Settings;
  readonly #model: ReadModel;
  readonly #commits: Commits;
  readonly #send: (frame: ClientFrame) => boolean;
  readonly #onMark: (cid: string, seq: number) => void;
  readonly #timers: Timers;
  readonly #unsent = new Set<string>();
  /** Conversations that were marked to be read again, and have been. */
  readonly #unmarked = new Set<string>();
  #online = false;

  /** @param onMark a marker moved, by this client's own doing */
  constructor(
    settings: Settings,
    model: ReadModel,
    commits: Commits,
    send: (frame: ClientFrame) => boolean,
    onMark: (cid: string, seq: number) => void,
  ) {
    this.#settings = settings;
    this.#model = model;
    this.#commits = commits;
    this.#send = send;
    this.#onMark = onMark;
    this.#timers = new Timers(settings.clock);
  }

  /** @param seq default: the end */
  mark(cid: string, seq?: number): void {
    if (this.#model.list.entry(cid)?.conversation.markedUnread) this.#unmarked.add(cid);
    const upTo = this.#move(cid, seq ?? Infinity);
    if (upTo === undefined) return;
    this.#onMark(cid, upTo);
    this.#unsent.add(cid);
    this.#sendSoon();
  }

  /** Another tab moved it, and tells the server. */
  marked(cid: string, seq: number): void {
    this.#move(cid, seq);
  }

  /** Whatever the server was not seen to take goes out again. */
  online(): void {
    this.#online = true;
    for (const { conversation, confirmedRead } of this.#model.list.entries())
      if (conversation.readSeq > confirmedRead) this.#unsent.add(conversation.id);
    this.#sendSoon();
  }

  /** The server refused a frame for the moment, and does not say which: it may have been a marker, which has no answer of its own. */
  refused(afterMs = 1_000): void {
    if (this.#online) this.#timers.set('again', afterMs, () => this.online());
  }

  offline(): void {
    this.#online = false;
    this.#timers.clear();
  }

  /** @returns how far; `undefined` where it stood there already */
  #move(cid: string, seq: number): number | undefined {
    const entry = this.#model.list.entry(cid);
    if (!entry) return undefined;
    const upTo = Math.min(seq, entry.conversation.lastSeq);
    const next = withRead(entry, upTo);
    if (next === entry) return undefined;
    this.#model.putEntry(next);
    this.#model.flush();
    void this.#commits.add({ cid, entry: (known) => known && withRead(known, upTo) });
    return upTo;
  }

  #sendSoon(): void {
    if (!this.#online || this.#unsent.size === 0 || this.#timers.has('read')) return;
    this.#timers.set('read', this.#settings.timing.readEvery, () => {
      for (const cid of this.#unsent) {
        const entry = this.#model.list.entry(cid);
        const { readSeq = 0 } = entry?.conversation ?? {};
        if (!entry || (readSeq <= entry.confirmedRead && !this.#unmarked.has(cid))) continue;
        if (this.#send({ t: 'read', cid, seq: readSeq })) this.#unmarked.delete(cid);
      }
      this.#unsent.clear();
    });
  }
}
