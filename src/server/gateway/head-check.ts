import type { Logger } from 'pino';
import { BoundedMap } from '../bounded-map.js';
import type { Bus } from '../bus/bus.js';
import type { Conversation, Conversations } from '../chat/conversations.js';
import { storedEventJson } from '../chat/log-event.js';
import { limits } from '../../protocol/limits.js';
import type { Metrics } from '../metrics.js';
import type { Storage } from '../storage/storage.js';
import type { Hub } from './hub.js';

type Active = { conversation: Conversation; head: number };

/** Conversations asked after in one question to the store. */
const chunk = 1_000;

/**
 * Fan-out is a hint and may be lost; a lost *last* message leaves no gap that a client could see. So the heads of the
 * conversations that somebody here has open are compared with the log from time to time, and what is missing is pushed.
 */
export class HeadCheck {
  readonly #storage: Storage;
  readonly #conversations: Conversations;
  readonly #hub: Hub;
  readonly #metrics: Metrics;
  readonly #logger: Logger;
  readonly #active: BoundedMap<number, Active>;
  #running = false;

  constructor(
    storage: Storage,
    conversations: Conversations,
    bus: Bus,
    hub: Hub,
    metrics: Metrics,
    logger: Logger,
    max: number,
  ) {
    this.#storage = storage;
    this.#conversations = conversations;
    this.#hub = hub;
    this.#metrics = metrics;
    this.#logger = logger;
    this.#active = new BoundedMap(max);
    bus.subscribe((publication) => {
      if (publication.topic !== 'log') return;
      const { conversation: id, scene, cid, members, seq } = publication;
      this.#delivered({ id, scene, ...(cid !== undefined && { cid }), members }, seq);
    });
  }

  /**
   * Somebody has come who has everything up to `head`. Those who were here before may lack the end of it: what they have stands as it
   * was noted, or else the last event goes out once more, by which a client sees whether it lacks others.
   */
  joined(conversation: Conversation, head: number): void {
    const { id, cid, members } = conversation;
    const active = this.#active.get(id);
    if (active) {
      const known = active.conversation.members;
      if (cid !== undefined && !members.every((member) => known.includes(member)))
        active.conversation = { ...active.conversation, members: [...known, ...members] };
      return;
    }
    const sessions = members.reduce((count, member) => count + this.#hub.sessionsOf(member).length, 0);
    this.#active.set(id, { conversation, head: sessions > 1 ? head - 1 : head });
  }

  /** Compares once. A check that comes while one is under way is left out. */
  async check(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      this.#forgetAbsent();
      const ids = [...this.#active.entries()].map(([id]) => id);
      for (let i = 0; i < ids.length; i += chunk) await this.#compare(ids.slice(i, i + chunk));
    } catch (error) {
      this.#logger.warn({ err: error }, 'heads could not be compared with the log');
    } finally {
      this.#running = false;
    }
  }

  #forgetAbsent(): void {
    for (const [id, { conversation }] of this.#active.entries())
      if (!conversation.members.some((member) => this.#hub.has(member))) this.#active.delete(id);
  }

  async #compare(ids: readonly number[]): Promise<void> {
    for (const [id, head] of await this.#storage.heads(ids)) {
      const active = this.#active.get(id);
      if (active && head > active.head) await this.#push(active, head);
    }
  }

  async #push({ conversation, head }: Active, to: number): Promise<void> {
    const { id, scene, cid } = conversation;
    const common = cid !== undefined && { cid };
    // A group's members may be others than when it was noted.
    const members = await this.#conversations.membersOf(conversation);
    // Whoever is further behind than a page finds the gap at the first event, and asks.
    const rows = await this.#storage.messages(id, Math.max(head + 1, to - limits.page + 1), to);
    for (const row of rows) {
      this.#metrics.repaired.inc();
      const event = storedEventJson(row);
      this.#hub.deliver({ topic: 'log', conversation: id, scene, ...common, members, seq: row.seq, event });
      this.#delivered({ id, scene, ...common, members }, row.seq);
    }
  }

  /** The members who are connected here have everything up to `head`. */
  #delivered(conversation: Conversation, head: number): void {
    const active = this.#active.get(conversation.id);
    if (!active || active.conversation.members !== conversation.members)
      this.#active.set(conversation.id, { conversation, head: Math.max(head, active?.head ?? 0) });
    else if (head > active.head) active.head = head;
  }
}
