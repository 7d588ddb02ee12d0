import type { Bus } from '../bus/bus.js';
import type { HiddenRow, Storage } from '../storage/storage.js';
import { notFound } from './chat-error.js';
import { sinceOf, type Conversations } from './conversations.js';
import { infoOf, type Views } from './views.js';

/** What an account has to say of a message that concerns nobody else in the conversation: it does not want to see it, or reports it. */
export class OwnSight {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #views: Views;
  readonly #now: () => number;

  constructor(storage: Storage, bus: Bus, conversations: Conversations, views: Views, now: () => number) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#views = views;
    this.#now = now;
  }

  /** Out of its sight on all its devices. What is hidden already, or not there, changes nothing. @throws {ChatError} 404 */
  async hide(account: string, cid: string, seqs: readonly number[]): Promise<void> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation) throw notFound('message');
    const hidden = await this.#storage.hide(account, conversation.id, seqs);
    if (!hidden) return;
    const view = await this.#views.find(account, cid);
    this.#bus.publish({
      topic: 'user',
      account,
      event: { kind: 'deleted', ...hidden, cid, ...(view && { conversation: infoOf(view) }) },
    });
  }

  /** What was hidden after `u`, by conversation, the oldest first. */
  async hiddenSince(account: string, u: number): Promise<Map<number, HiddenRow[]>> {
    const found = new Map<number, HiddenRow[]>();
    for (const row of await this.#storage.hiddenSince(account, u)) {
      const list = found.get(row.conversation);
      if (list) list.push(row);
      else found.set(row.conversation, [row]);
    }
    return found;
  }

  /** Notes it for the operator. @throws {ChatError} 404 */
  async report(account: string, cid: string, seq: number, reason: string): Promise<void> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation || seq <= sinceOf(conversation, account)) throw notFound('message');
    const given = { account, conversation: conversation.id, seq, reason, time: this.#now() };
    if (!(await this.#storage.report(given))) throw notFound('message');
  }
}
