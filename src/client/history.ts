import { limits } from '../protocol/limits.js';
import type { LogEvent } from '../protocol/model.js';
import type { Message } from '../protocol/message.js';
import type { Timeline } from './api.js';
import type { Cache } from './cache/cache.js';
import type { Requests } from './requests.js';
import type { Settings } from './options.js';
import { runFrom, runRound, runUpTo } from './runs.js';
import { asError } from './store/emitter.js';
import { messageOf } from './store/messages.js';
import type { ReadModel } from './store/read-model.js';
import type { Sync } from './sync.js';

/** How many messages a page has: a few screens, so that reading back does not wait. */
const pageSize = 50;
/** What is shown before the first unread message, so that it does not stand alone. */
const contextSize = 10;

type Parts = {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly sync: Sync;
  /** Resolves when the cache has told what it knows. */
  readonly ready: Promise<void>;
  /** Whether a question would be answered now rather than some day. */
  readonly online: () => boolean;
  readonly onFault: (error: Error) => void;
};

/** Pages of a log: from the cache as far as it goes without a hole, from the server beyond. */
export class History {
  readonly #parts: Parts;
  /** Timeline → what is being loaded for it, so that asking twice loads once. */
  readonly #loads = new Map<string, Map<Loading, Promise<void>>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The newest messages, back to the first unread one where that is near enough. */
  open(cid: string): Promise<void> {
    const { model } = this.#parts;
    model.timeline(cid).wanted = true;
    return this.#once(cid, 'initial', async () => {
      await this.#parts.ready;
      const range = model.timeline(cid).range;
      const head = this.#head(cid);
      if (range && head !== undefined && range.to >= head) return;
      const { readSeq = 0, lastSeq = 0, unread = 0 } = model.conversation(cid) ?? {};
      // More is unread than a page holds: one begins to read at its beginning. What is shown leads on to the end.
      if (!range && unread > 0 && lastSeq - readSeq + contextSize > limits.page)
        await this.#openRound(cid, readSeq + 1).catch(() => this.#openAtEnd(cid));
      else await this.#openAtEnd(cid);
    });
  }

  /** The stretch round `seq`. A load that is under way ends first, and does not undo it. */
  async openAt(cid: string, seq: number): Promise<void> {
    const { model } = this.#parts;
    model.timeline(cid).wanted = true;
    for (let running; (running = this.#loads.get(cid)?.values().next().value);) await running.catch(() => undefined);
    await this.#once(cid, 'initial', async () => {
      await this.#parts.ready;
      await this.#openRound(cid, seq);
    });
  }

  /** After a resume: what is shown and has nothing to show. */
  reopen(): void {
    for (const [cid, timeline] of this.#parts.model.timelines())
      if (timeline.wanted && !timeline.range) void this.open(cid);
  }

  loadOlder(cid: string): Promise<void> {
    return this.#once(cid, 'older', async () => {
      const range = this.#parts.model.timeline(cid).range;
      if (range && range.from > 1) await this.#before(cid, range.from, pageSize);
    });
  }

  loadNewer(cid: string): Promise<void> {
    return this.#once(cid, 'newer', async () => {
      const { model, requests } = this.#parts;
      const range = model.timeline(cid).range;
      const head = this.#head(cid) ?? 0;
      if (!range || range.to >= head) return;
      const from = range.to + 1;
      const to = Math.min(range.to + pageSize, head);
      const isCurrent = this.#history();
      const run = runFrom(await this.#cached(cid, from, to), from);
      if (!isCurrent()) return;
      if (run.length > 0) return this.#cover(cid, from, run.at(-1)!.seq, run);
      const page = await requests.ask<'get'>({ t: 'get', cid, from, to, limit: pageSize });
      await this.#receive(page);
    });
  }

  release(cid: string): void {
    const { model } = this.#parts;
    model.change(cid, (timeline) => {
      timeline.wanted = false;
      timeline.clear();
    });
    model.prune(cid);
    model.flush();
  }

  /** What is shown was not followed for a while: its present state is asked for. */
  async refresh(cid: string, below: number): Promise<void> {
    const { model, requests } = this.#parts;
    const range = model.timeline(cid).range;
    model.prune(cid);
    if (!range || range.from >= below) return;
    const last = Math.min(range.to, below - 1);
    const isCurrent = this.#history();
    try {
      for (let from = range.from; from <= last; from += limits.page) {
        const to = Math.min(last, from + limits.page - 1);
        const page = await requests.ask<'get'>({ t: 'get', cid, from, to, limit: limits.page });
        if (!isCurrent()) return;
        await this.#receive(page);
      }
    } catch (cause) {
      this.#parts.onFault(asError(cause));
    }
  }

  /** For programs: a range as messages, and no timeline changes. */
  async read(cid: string, { before, limit = pageSize }: { before?: number; limit?: number }): Promise<Message[]> {
    const { requests, sync } = this.#parts;
    const count = Math.min(Math.max(1, limit), limits.page);
    const last = before === undefined ? this.#head(cid) : before - 1;
    if (last !== undefined) {
      const first = Math.max(1, last - count + 1);
      const run = runUpTo(await this.#cached(cid, first, last), last);
      if (run.length === last - first + 1) return this.#messages(cid, run);
    }
    const page = await requests.ask<'get'>({ t: 'get', cid, limit: count, ...(before !== undefined && { before }) });
    let events: readonly LogEvent[] = [];
    await sync.page(page, (present) => (events = present));
    return this.#messages(cid, events);
  }

  async #openAtEnd(cid: string): Promise<void> {
    const { model, requests, sync } = this.#parts;
    const known = model.conversation(cid);
    const head = sync.head(cid);
    const want = wanted(known?.readSeq ?? 0, known?.lastSeq ?? 0);
    if (head !== undefined && head > 0) {
      const isCurrent = this.#history();
      const run = runUpTo(await this.#cached(cid, Math.max(1, head - want + 1), head), head);
      if (!isCurrent()) return this.#openAtEnd(cid);
      if (run.length > 0) {
        this.#show(cid, run[0]!.seq, head, run);
        model.flush();
        if (run.length < want && run[0]!.seq > 1 && this.#parts.online() && !known?.left)
          await this.#before(cid, run[0]!.seq, want - run.length);
        return;
      }
    }
    if (known?.left) return;
    const page = await requests.ask<'get'>({ t: 'get', cid, limit: want });
    await sync.page(page, (events) => this.#show(cid, page.from, page.to, events));
  }

  async #openRound(cid: string, seq: number): Promise<void> {
    const { cache, requests, sync, online } = this.#parts;
    const { range } = this.#parts.model.timeline(cid);
    if (range && seq >= range.from && seq <= range.to) return;
    const head = this.#head(cid) ?? seq;
    const from = Math.max(1, Math.min(seq, head) - contextSize);
    const to = Math.max(from, Math.min(head, from + pageSize - 1));
    const isCurrent = this.#history();
    const cached = await cache.events(cid, Math.max(1, to - pageSize + 1), to);
    if (!isCurrent()) return this.#openRound(cid, seq);
    const run = runRound(cached, Math.min(seq, head));
    const enough = run.length > 0 && run[0]!.seq <= from && run.at(-1)!.seq >= Math.min(seq + contextSize, head);
    if (enough || (run.length > 0 && !online())) {
      this.#show(cid, run[0]!.seq, run.at(-1)!.seq, run, true);
      return this.#parts.model.flush();
    }
    const page = await requests.ask<'get'>({ t: 'get', cid, from, to, limit: pageSize });
    await sync.page(page, () => this.#show(cid, page.from, page.to, page.events, true));
  }

  async #before(cid: string, before: number, limit: number): Promise<void> {
    const { requests } = this.#parts;
    const isCurrent = this.#history();
    const run = runUpTo(await this.#cached(cid, Math.max(1, before - limit), before - 1), before - 1);
    if (!isCurrent()) return;
    const first = run[0]?.seq ?? before;
    if (run.length > 0) this.#cover(cid, first, before - 1, run);
    if (
      first === 1 ||
      run.length >= limit ||
      this.#parts.model.conversation(cid)?.left ||
      (run.length > 0 && !this.#parts.online())
    )
      return;
    await this.#receive(await requests.ask<'get'>({ t: 'get', cid, before: first, limit: limit - run.length }));
  }

  async #cached(cid: string, from: number, to: number): Promise<readonly LogEvent[]> {
    const { cache, sync } = this.#parts;
    return sync.present(cid, await cache.events(cid, from, to));
  }

  #receive(page: Parameters<Sync['page']>[0]): Promise<void> {
    const { cid, from, to } = page;
    return this.#parts.sync.page(page, (events) =>
      this.#parts.model.change(cid, (timeline) => void timeline.cover(from, to, this.#messages(cid, events))),
    );
  }

  #cover(cid: string, from: number, to: number, events: readonly LogEvent[]): void {
    this.#parts.model.change(cid, (timeline) => void timeline.cover(from, to, this.#messages(cid, events)));
    this.#parts.model.flush();
  }

  /** Begins at the log's end. What arrived there meanwhile stays; a stretch that lies elsewhere gives way. */
  #show(cid: string, from: number, to: number, events: readonly LogEvent[], anew = false): void {
    const head = this.#head(cid);
    this.#parts.model.change(cid, (timeline) => {
      // Released meanwhile: nothing shows it any more.
      if (!timeline.wanted) return;
      const messages = this.#messages(cid, events);
      // A jump shows nothing else: what lies between would have to be scrolled through.
      if (anew || !timeline.cover(from, to, messages)) timeline.replace(from, to, messages);
      if (head !== undefined) timeline.head = Math.max(head, to);
    });
  }

  #messages(cid: string, events: readonly LogEvent[]): Message[] {
    const { model, settings } = this.#parts;
    return events
      .flatMap((event) => messageOf(cid, settings.account, event) ?? [])
      .map((message) => model.marked(message));
  }

  /** @returns whether it is still the history of now: what the cache was slow to give may be of the one before a restore */
  #history(): () => boolean {
    const { sync, model } = this.#parts;
    const { resets } = sync;
    const { clears } = model;
    return () => sync.resets === resets && model.clears === clears;
  }

  #head(cid: string): number | undefined {
    return this.#parts.sync.head(cid) ?? this.#parts.model.conversation(cid)?.lastSeq;
  }

  /** One load of each kind at a time; `loading` says which. A load that fails is told as an error and can be asked for again. */
  #once(cid: string, kind: Loading, load: () => Promise<void>): Promise<void> {
    const loads = this.#loads.get(cid) ?? new Map<Loading, Promise<void>>();
    this.#loads.set(cid, loads);
    const running = loads.get(kind);
    if (running) return running;
    const done = load()
      .catch((cause: unknown) => this.#parts.onFault(asError(cause)))
      .finally(() => {
        loads.delete(kind);
        if (loads.size === 0) this.#loads.delete(cid);
        this.#showLoading(cid);
      });
    loads.set(kind, done);
    this.#showLoading(cid);
    return done;
  }

  #showLoading(cid: string): void {
    const { model } = this.#parts;
    const [loading = 'none'] = this.#loads.get(cid)?.keys() ?? [];
    model.change(cid, (timeline) => (timeline.loading = loading));
    model.prune(cid);
    model.flush();
  }
}

type Loading = Exclude<Timeline['loading'], 'none'>;

/** From the first unread on, and a little before it, where a page can hold that. */
function wanted(readSeq: number, lastSeq: number): number {
  const needed = lastSeq - readSeq + contextSize;
  return needed <= limits.page ? Math.max(pageSize, needed) : pageSize;
}
