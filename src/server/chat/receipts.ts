import type { Features } from '../../protocol/frames.js';
import type { Bus } from '../bus/bus.js';
import type { Storage } from '../storage/storage.js';
import { cidFor, type Conversations } from './conversations.js';

/** Read markers: forward only, never past the head; told to one's own connections and to the other side. */
export class Receipts {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #features: Features;

  constructor(storage: Storage, bus: Bus, conversations: Conversations, features: Features) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#features = features;
  }

  /** @throws {ChatError} 404 */
  async markRead(account: string, cid: string, seq: number): Promise<void> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation) return;
    const marked = await this.#storage.markRead(account, conversation.id, seq);
    if (!marked) return;
    this.#bus.publish({
      topic: 'user',
      account,
      event: { kind: 'read', u: marked.u, cid, seq: marked.seq, unread: marked.unread, head: marked.head },
    });
    if (!marked.peer || !this.#features.receipts) return;
    this.#bus.publish({
      topic: 'user',
      account: marked.peer.account,
      event: { kind: 'peer-read', u: marked.peer.u, cid: cidFor(marked.peer.account, conversation), seq: marked.seq },
    });
  }
}
