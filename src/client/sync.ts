import type { ServerFrameOf } from '../protocol/frames.js';
import { isAction, withAction } from '../protocol/actions.js';
import type { ActionEvent, LogEvent, WireMessage } from '../protocol/model.js';
import { limits } from '../protocol/limits.js';
import { Timers } from './clock.js';
import type { Change, Commits } from './commits.js';
import { HoldBuffer } from './hold-buffer.js';
import type { Settings } from './options.js';
import type { Outbox } from './outbox.js';
import type { Requests } from './requests.js';
import { withArrivals, withInfo, type Arrival, type Entry } from './store/entry.js';
import { actionsIn, messageOf } from './store/messages.js';
import type { ReadModel } from './store/read-model.js';

/** So many events are held for a missing one before it is asked for at once. */
const holdAtMost = 64;
/** So many actions of a conversation are remembered for pages that were read before them. */
const recentAtMost = 500;

type Parts = {
  readonly settings: Settings;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly outbox: Outbox;
  /** What lies below was not followed: what a screen has of it may have changed. */
  readonly onHole: (cid: string, below: number) => void;
  /** New events at the end of a log. */
  readonly onEvents: (cid: string, events: readonly LogEvent[]) => void;
};

/** Brings what the server sends into the order of each log: next in turn is taken, known is dropped, early is held and the gap asked for. */
export class Sync {
  readonly #parts: Parts;
  readonly #timers: Timers;
  /** How far each log was received; the commit of it may still be under way. */
  readonly #heads = new Map<string, number>();
  readonly #held = new Map<string, HoldBuffer>();
  readonly #repairing = new Set<string>();
  /** What was done lately, by conversation: pages that are under way may be older. */
  readonly #recent = new Map<string, readonly ActionEvent[]>();
  readonly #deleted = new Map<string, Set<number>>();
  /** Conversations whose summary was asked for → the counting messages that came meanwhile. */
  readonly #learning = new Map<string, number[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timers = new Timers(parts.settings.clock);
  }

  restore(entries: readonly Entry[]): void {
    for (const { conversation, head } of entries) if (head !== undefined) this.#heads.set(conversation.id, head);
  }

  /** Where to resume: the newest conversations' heads. */
  heads(): [cid: string, seq: number][] {
    return this.#parts.model.list
      .all()
      .filter(({ left }) => !left)
      .toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.updateTime - a.updateTime)
      .flatMap(({ id }) => (this.#heads.has(id) ? [[id, this.#heads.get(id)!] as [string, number]] : []))
      .slice(0, limits.heads);
  }

  head(cid: string): number | undefined {
    return this.#heads.get(cid);
  }

  /** How often it was another history: what was read of the one before is void. */
  resets = 0;

  reset(): void {
    this.resets++;
    this.#heads.clear();
    this.#recent.clear();
    this.#deleted.clear();
    this.offline();
  }

  /** What is held is not worth keeping: the resume brings it. */
  offline(): void {
    this.#timers.clear();
    this.#held.clear();
  }

  /** A conversation's summary, with what was missed in it. */
  sync({ conversation: info, from, to, events }: ServerFrameOf<'sync'>): void {
    const head = this.#heads.get(info.id);
    const entry = (known: Entry | undefined): Entry => withInfo(known, info, this.#parts.settings.account);
    // The summary has counted them already, so its place is before them.
    void this.#parts.commits.add({ cid: info.id, entry });
    if (head === undefined || to > head) this.#take(info.id, events, to, { from, missed: head });
    this.#drain(info.id);
  }

  /** One event of a live log. */
  event(cid: string, event: LogEvent): void {
    const head = this.#heads.get(cid);
    const { seq } = event;
    if (head === undefined || seq === head + 1) {
      this.#learn(cid);
      this.#take(cid, [event], seq, { from: seq, missed: head ?? seq - 1 });
      return this.#drain(cid);
    }
    // Not in turn, or known by its number; one's own has to learn that it is stored all the same.
    const own = this.#settlement(event);
    if (own) void this.#parts.commits.add({ ...own, cid, events: [event], live: true });
    if (seq > head) this.#hold(cid, (held) => held.put(event));
  }

  ack(frame: ServerFrameOf<'ack'>): void {
    const { cid, seq, idClient } = frame;
    const event = this.#parts.outbox.eventOf(frame);
    const settled = this.#parts.outbox.settleAct(idClient, (this.#heads.get(cid) ?? 0) < seq ? seq : undefined);
    if (settled) void this.#parts.commits.add(settled);
    if (event) this.event(cid, event);
    // Given up here, and stored nevertheless: the log has it.
    else this.expect(cid, seq);
  }

  /** The log reaches up to `seq`; should it not come by itself, it is asked for. */
  expect(cid: string, seq: number): void {
    const head = this.#heads.get(cid);
    if (head !== undefined && seq > head) this.#hold(cid, (held) => held.expect(seq));
  }

  /** A page's events: kept, and taken as evidence of what was stored. Where no cursor was known, a page of the end makes one. */
  page(frame: ServerFrameOf<'page'>, apply: (events: readonly LogEvent[]) => void): Promise<void> {
    const { cid, from, to, head } = frame;
    const events = this.present(cid, frame.events);
    const known = this.#heads.has(cid);
    const cursor = this.#heads.get(cid) ?? (to >= head ? to : undefined);
    if (cursor !== undefined && !known) this.#heads.set(cid, cursor);
    this.#settleAll(events);
    return this.#parts.commits.add({
      cid,
      events,
      ...(cursor !== undefined && !known && from > 1 && { forget: from }),
      entry: (entry) =>
        entry && cursor !== undefined ? { ...entry, head: Math.max(entry.head ?? 0, cursor) } : undefined,
      apply: () => apply(events),
    });
  }

  /** Takes `events` as the log's new end. `missed`: what arrives above it is news; without it, it is history. */
  #take(
    cid: string,
    events: readonly LogEvent[],
    head: number,
    { from, missed }: { from: number; missed: number | undefined },
  ): void {
    const { settings, commits, model, onHole } = this.#parts;
    const hole = from > (this.#heads.get(cid) ?? 0) + 1;
    this.#heads.set(cid, head);
    const actions = actionsIn(events);
    this.#remember(cid, actions);
    const arrivals = events.map((event): Arrival => {
      const message = messageOf(cid, settings.account, event);
      if (isAction(event)) {
        const counts = event.kind === 'recall' && event.from !== settings.account;
        return { seq: event.seq, action: event, counts };
      }
      // One whose recall is still to come counts until then.
      const recalled = message?.recalled !== undefined && message.rev! > head;
      const counts = event.kind === 'message' && (event.n !== undefined || recalled) && message?.flow === 'in';
      const mentions = counts && cid.startsWith('group-') && isMentioned(message.mentions, settings.account);
      return { seq: event.seq, ...(message && { message }), counts, ...(mentions && { mentions }) };
    });
    this.#learning.get(cid)?.push(...arrivals.filter(({ counts, action }) => counts && !action).map(({ seq }) => seq));
    const messages = arrivals.flatMap(({ message }) => (message ? [model.marked(message)] : []));
    const news = messages.filter(
      ({ flow, seq, recalled }) => flow === 'in' && !recalled && missed !== undefined && seq! > missed,
    );
    // Added in one turn, written in one transaction.
    this.#settleAll(events);
    this.#parts.onEvents(cid, events);
    void commits.add({
      cid,
      events,
      live: true,
      ...(hole && { forget: from }),
      entry: (known) => withArrivals(known, cid, arrivals, head),
      apply: () => {
        model.change(cid, (timeline) => {
          if (timeline.wanted) timeline.cover(from, head, messages);
          for (const action of actions) timeline.act(action);
          timeline.head = head;
        });
        if (hole) onHole(cid, from);
        model.prune(cid);
        for (const message of news) model.tell('message', { message });
      },
    });
  }

  /**
   * A page as it is now: it may have been read before something that came since, or before its reader deleted some of it. Whoever takes events from
   * cache or server asks this first.
   */
  present(cid: string, events: readonly LogEvent[]): readonly LogEvent[] {
    const recent = this.#recent.get(cid);
    const deleted = this.#deleted.get(cid);
    if (!recent && !deleted) return events;
    return events.map((event) => {
      if (deleted?.has(event.seq)) return { kind: 'unknown', seq: event.seq };
      if (event.kind !== 'message' || !recent) return event;
      const mine = recent.filter(({ target }) => target === event.seq);
      return mine.length === 0 ? event : { ...event, message: mine.reduce<WireMessage>(withAction, event.message) };
    });
  }

  /** What the account has deleted for itself, as far as this client has heard of it. */
  get allDeleted(): ReadonlyMap<string, ReadonlySet<number>> {
    return this.#deleted;
  }

  /** The account has deleted these for itself. */
  deleted(cid: string, seqs: readonly number[]): void {
    const known = this.#deleted.get(cid) ?? new Set<number>();
    this.#deleted.set(cid, known);
    for (const seq of seqs) known.add(seq);
  }

  #remember(cid: string, actions: readonly ActionEvent[]): void {
    if (actions.length === 0) return;
    const recent = this.#recent.get(cid) ?? [];
    this.#recent.set(cid, [...recent, ...actions].slice(-recentAtMost));
  }

  #settleAll(events: readonly LogEvent[]): void {
    for (const event of events) {
      const settlement = this.#settlement(event);
      if (settlement) void this.#parts.commits.add(settlement);
    }
  }

  #hold(cid: string, note: (held: HoldBuffer) => void): void {
    const held = this.#held.get(cid) ?? new HoldBuffer();
    this.#held.set(cid, held);
    note(held);
    if (held.size >= holdAtMost) void this.#repair(cid);
    else if (!this.#timers.has(cid)) this.#repairSoon(cid);
  }

  #repairSoon(cid: string): void {
    this.#timers.set(cid, this.#parts.settings.timing.hold, () => void this.#repair(cid));
  }

  /** What was held and is now in turn. */
  #drain(cid: string): void {
    const held = this.#held.get(cid);
    const head = this.#heads.get(cid);
    if (!held || head === undefined) return;
    const run = held.takeAfter(head);
    const last = run.at(-1)?.seq ?? head;
    if (run.length > 0) this.#take(cid, run, last, { from: head + 1, missed: head });
    if (held.last > last) return;
    this.#held.delete(cid);
    this.#timers.cancel(cid);
  }

  /** Asks for what is missing between the head and what is held. Too much of it, or what the server does not have, stays a hole. */
  async #repair(cid: string): Promise<void> {
    this.#timers.cancel(cid);
    const head = this.#heads.get(cid);
    const held = this.#held.get(cid);
    if (head === undefined || !held || this.#repairing.has(cid)) return;
    this.#repairing.add(cid);
    try {
      const missing = held.last - head;
      const part = missing <= limits.page && { from: head + 1, to: held.last };
      const page = await this.#parts.requests.ask<'get'>({
        t: 'get',
        cid,
        ...part,
        limit: Math.min(missing, limits.page),
      });
      if (this.#held.get(cid) === held) this.#fill(cid, page, held, head);
    } catch {
      // The link went, or the server would not now: asked again below as long as something is held.
    } finally {
      this.#repairing.delete(cid);
      this.#drain(cid);
      if (this.#held.has(cid)) this.#repairSoon(cid);
    }
  }

  /** @param asked the head when the page was asked for */
  #fill(cid: string, { from, to, events }: ServerFrameOf<'page'>, held: HoldBuffer, asked: number): void {
    const head = this.#heads.get(cid) ?? 0;
    const fresh = events.filter(({ seq }) => seq > head);
    this.#learn(cid);
    if (to > head) return this.#take(cid, fresh, to, { from: Math.max(from, head + 1), missed: head });
    // What was missing came by itself meanwhile; of what is missing now the page says nothing.
    if (head > asked) return;
    if (held.size === 0) this.#held.delete(cid);
    else this.#heads.set(cid, held.first - 1);
  }

  /** A conversation that was not heard of before: its event is shown at once, its name follows. */
  #learn(cid: string): void {
    const { requests, commits, settings, model } = this.#parts;
    if (model.conversation(cid) || this.#learning.has(cid)) return;
    const came: number[] = [];
    this.#learning.set(cid, came);
    requests
      .ask<'conversation'>({ t: 'conversation', cid })
      .then(
        ({ conversation }) => {
          const { lastSeq, readSeq } = conversation;
          const later = came.filter((seq) => seq > Math.max(lastSeq, readSeq)).length;
          return commits.add({ cid, entry: (known) => withInfo(known, conversation, settings.account, later) });
        },
        () => undefined,
      )
      .finally(() => this.#learning.delete(cid));
  }

  /** One's own message coming back is as good as its ack. */
  #settlement(event: LogEvent): Change | undefined {
    if (event.kind !== 'message' || event.message.from !== this.#parts.settings.account) return undefined;
    return this.#parts.outbox.settle(event.message.idClient, event);
  }
}

function isMentioned(mentions: readonly string[] = [], account: string): boolean {
  return mentions.includes('*') || mentions.includes(account);
}
