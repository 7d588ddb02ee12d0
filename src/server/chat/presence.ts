import type { Features } from '../../protocol/frames.js';
import { BoundedMap } from '../bounded-map.js';
import { conversationId } from '../../protocol/ids.js';
import { smallGroup } from '../../protocol/group-forms.js';
import type { Bus } from '../bus/bus.js';
import type { Storage } from '../storage/storage.js';
import type { Conversations } from './conversations.js';
import { cidFor } from './conversations.js';

/** Whether somebody is there, and when he or she last was (ms since 1970; known only since this server started). */
export type PresenceState = { readonly online: boolean; readonly lastSeen?: number };

/** Who is connected, and who writes. Neither is stored or numbered: what is missed is missed. */
export class Presence {
  readonly #storage: Storage;
  readonly #features: Features;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #now: () => number;
  readonly #connections = new Map<string, number>();
  readonly #lastSeen = new BoundedMap<string, number>(100_000);

  constructor(storage: Storage, bus: Bus, conversations: Conversations, now: () => number, features: Features) {
    this.#storage = storage;
    this.#features = features;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#now = now;
  }

  connected(account: string): void {
    const count = this.#connections.get(account) ?? 0;
    this.#connections.set(account, count + 1);
    if (count === 0) this.#bus.publish({ topic: 'presence', account, online: true });
  }

  disconnected(account: string): void {
    const count = this.#connections.get(account) ?? 0;
    if (count > 1) {
      this.#connections.set(account, count - 1);
      return;
    }
    this.#connections.delete(account);
    const lastSeen = this.#now();
    this.#lastSeen.set(account, lastSeen);
    this.#bus.publish({ topic: 'presence', account, online: false, lastSeen });
  }

  of(account: string): PresenceState {
    if (this.#connections.has(account)) return { online: true };
    const lastSeen = this.#lastSeen.get(account);
    return { online: false, ...(lastSeen !== undefined && { lastSeen }) };
  }

  /**
   * Those of `accounts` whose presence the account may know: with whom it has a conversation. Anybody can ask after any name, and would learn
   * when a stranger is there, and whether there is one.
   */
  async knownTo(account: string, accounts: readonly string[]): Promise<readonly string[]> {
    if (!this.#features.presence) return [];
    const known = accounts.filter((other) => this.#conversations.peek(account, conversationId('p2p', other)));
    const rest = accounts.filter((other) => !known.includes(other) && other !== account);
    if (rest.length === 0) return known;
    return [...known, ...(await this.#storage.acquainted(account, rest))];
  }

  /** Nobody hears of it before the first message: typing must not be a way to knock at a stranger's door. @throws {ChatError} 404 */
  async typing(account: string, cid: string, on: boolean): Promise<void> {
    if (!this.#features.typing) return;
    const conversation = this.#conversations.peek(account, cid) ?? (await this.#conversations.find(account, cid));
    if (!conversation) return;
    const { cid: common, members } = conversation;
    if (common !== undefined) {
      // In a big group somebody always writes.
      if (members.length <= smallGroup) this.#bus.publish({ topic: 'typing', cid: common, members, account, on });
      return;
    }
    for (const member of conversation.members)
      if (member !== account)
        this.#bus.publish({
          topic: 'user',
          account: member,
          event: { kind: 'typing', cid: cidFor(member, conversation), account, on },
        });
  }
}
