import type { Cache, CacheWrite, Draft, FileRow, GroupRow, Meta, OutboxRow, SentRow } from './cache/cache.js';
import { isAction } from '../protocol/actions.js';
import type { Notice } from '../protocol/groups.js';
import type { LogEvent } from '../protocol/model.js';
import { asError } from './store/emitter.js';
import type { Entry } from './store/entry.js';
import type { ReadModel } from './store/read-model.js';

/** Something that happened: what to write, and how memory follows. Parts that are absent change nothing. */
export type Change = {
  readonly cid?: string;
  readonly events?: readonly LogEvent[];
  /** What the cache has below this place was not followed: it is forgotten. */
  readonly forget?: number;
  /**
   * The new entry of the conversation `cid`. Pure: it runs once for the row to be written, and once for memory, which may have moved on
   * meanwhile. `undefined` leaves things as they are.
   */
  readonly entry?: (entry: Entry | undefined) => Entry | undefined;
  readonly outbox?: readonly OutboxRow[];
  readonly files?: readonly FileRow[];
  readonly settled?: readonly string[];
  readonly sent?: readonly SentRow[];
  readonly drafts?: readonly Draft[];
  readonly meta?: Meta;
  readonly groups?: readonly GroupRow[];
  readonly notices?: readonly Notice[];
  readonly strict?: boolean;
  /** It came over the link: the tab that leads writes its events. */
  readonly live?: boolean;
  /** Forget pages, cursors and conversations before anything that comes after. */
  readonly reset?: boolean;
  /** After the write: the rest of memory. */
  readonly apply?: () => void;
};

/** `shared`: the account's other tabs see the same. */
type SharedCache = Cache & { readonly shared: boolean };

type Waiting = { readonly change: Change; readonly done: () => void };

/**
 * Write, then memory, then events, in the order in which things happened. What comes while a write is under way goes into the next
 * one, together.
 */
export class Commits {
  readonly #cache: SharedCache;
  readonly #model: ReadModel;
  readonly #onFault: (error: Error) => void;
  /** Another tab leads, and writes what comes over the link. */
  following = false;
  #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;

  constructor(cache: SharedCache, model: ReadModel, onFault: (error: Error) => void) {
    this.#cache = cache;
    this.#model = model;
    this.#onFault = onFault;
  }

  /** Resolves when it is written, in memory, and told. */
  add(change: Change): Promise<void> {
    return new Promise((done) => {
      this.#queue.push({ change, done });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when everything so far is written. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  /** This tab writes only what is its own, and pages that it asked for: the rest is in the common database already. */
  get #leaves(): boolean {
    return this.following && this.#cache.shared;
  }

  async #drain(): Promise<void> {
    // What is added in the same turn shares the transaction.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#take();
      const changes = batch.map(({ change }) => change);
      if (changes[0]!.reset && !this.#leaves) await this.#cache.reset();
      await this.#cache.write(this.#merge(changes));
      for (const change of changes) this.#guard(() => this.#apply(change));
      this.#model.flush();
      for (const { done } of batch) done();
    }
    this.#draining = undefined;
  }

  #apply({ cid, entry, reset, apply }: Change): void {
    if (reset) this.#model.clear();
    if (cid !== undefined && entry) this.#model.putEntry(entry(this.#model.list.entry(cid)));
    apply?.();
  }

  /** One change that fails must not stop those behind it. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#onFault(asError(cause));
    }
  }

  /** A reset begins a batch of its own: what stood before it is written before. */
  #take(): Waiting[] {
    const next = this.#queue.findIndex(({ change }, index) => index > 0 && change.reset);
    return this.#queue.splice(0, next < 0 ? this.#queue.length : next);
  }

  #merge(changes: readonly Change[]): CacheWrite {
    const entries = new Map<string, Entry>();
    for (const { cid, entry } of changes) {
      if (cid === undefined || !entry) continue;
      const known = changes[0]!.reset ? undefined : this.#model.list.entry(cid);
      this.#guard(() => {
        const next = entry(entries.get(cid) ?? known);
        if (next) entries.set(cid, next);
      });
    }
    const leaves = this.#leaves;
    const forget = changes.flatMap(({ cid, forget: below }) =>
      cid === undefined || below === undefined ? [] : [{ cid, below }],
    );
    const meta = Object.assign({}, ...changes.map(({ meta }) => meta)) as Meta;
    return {
      events: changes.flatMap(({ cid, events, live }) =>
        // What was done to messages everybody writes: a page that this tab asked for may be older than the leader's word.
        (cid === undefined || !events ? [] : live && leaves ? events.filter(isAction) : events).map((event) => ({
          cid: cid!,
          event,
        })),
      ),
      ...(forget.length > 0 && !leaves && { forget }),
      entries: leaves ? [] : [...entries.values()],
      outbox: changes.flatMap(({ outbox }) => outbox ?? []),
      files: changes.flatMap(({ files }) => files ?? []),
      settled: changes.flatMap(({ settled }) => settled ?? []),
      sent: changes.flatMap(({ sent }) => sent ?? []),
      drafts: changes.flatMap(({ drafts }) => drafts ?? []),
      // What was listened to is this tab's own doing.
      meta: leaves ? { ...(meta.played && { played: meta.played }) } : meta,
      groups: changes.flatMap(({ groups }) => groups ?? []),
      notices: changes.flatMap(({ notices }) => notices ?? []),
      strict: changes.some(({ strict }) => strict),
    };
  }
}
