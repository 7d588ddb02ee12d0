import { errorCodes } from '../../protocol/codes.js';
import { parseConversationId } from '../../protocol/ids.js';
import { BoundedMap } from '../bounded-map.js';
import type { ConversationRow, Storage } from '../storage/storage.js';
import type { Accounts } from './accounts.js';
import { ChatError, notFound } from './chat-error.js';

/** A conversation without its counters: what never changes about it, so that it can be remembered. */
export type Conversation = Readonly<Pick<ConversationRow, 'id' | 'scene'>> & { readonly members: readonly string[] };

/** Which conversation an id names for its viewer. The viewer's account is a part of every look-up, so nobody reaches another's. */
export class Conversations {
  readonly #storage: Storage;
  readonly #accounts: Accounts;
  readonly #known = new BoundedMap<string, Conversation>(50_000);
  readonly #pending = new Map<string, Promise<Conversation>>();

  constructor(storage: Storage, accounts: Accounts) {
    this.#storage = storage;
    this.#accounts = accounts;
  }

  /** What is remembered, at once. */
  peek(viewer: string, cid: string): Conversation | undefined {
    const to = directTo(cid);
    return to === undefined ? undefined : this.#known.get(keyOf(viewer, to));
  }

  /**
   * The conversation, or `undefined` where nothing was said in it yet.
   * @throws {ChatError} 404 for one that the viewer has no part in, whether it exists or not
   */
  async find(viewer: string, cid: string): Promise<Conversation | undefined> {
    const to = await this.#partner(viewer, cid);
    const key = keyOf(viewer, to);
    const known = this.#known.get(key);
    if (known) return known;
    const row = await this.#storage.findDirect(viewer, to);
    if (row) return this.#remember(key, row);
    if (!(await this.#accounts.profile(to))) throw notFound('account');
    return undefined;
  }

  /**
   * The conversation, made where there is none. Callers of the same one wait for the same promise, so they go on in their order.
   * @throws {ChatError} 404 as `find`
   */
  ensure(viewer: string, cid: string): Promise<Conversation> {
    const key = `${viewer} ${cid}`;
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = this.#make(viewer, cid).finally(() => this.#pending.delete(key));
      this.#pending.set(key, pending);
    }
    return pending;
  }

  async #make(viewer: string, cid: string): Promise<Conversation> {
    const found = await this.find(viewer, cid);
    if (found) return found;
    const to = await this.#partner(viewer, cid);
    return this.#remember(keyOf(viewer, to), await this.#storage.ensureDirect(viewer, to));
  }

  #partner(viewer: string, cid: string): Promise<string> {
    const to = directTo(cid);
    if (to === undefined) return Promise.reject(notFound('conversation'));
    if (to === viewer)
      return Promise.reject(new ChatError(errorCodes.forbidden, 'one cannot have a conversation with oneself'));
    return Promise.resolve(to);
  }

  #remember(key: string, { id, scene, members }: ConversationRow): Conversation {
    const conversation = { id, scene, members };
    this.#known.set(key, conversation);
    return conversation;
  }
}

/** How `viewer` sees a conversation: one-to-one by the other's name. */
export function cidFor(viewer: string, conversation: Pick<Conversation, 'scene' | 'members'>): string {
  return `p2p-${conversation.members.find((member) => member !== viewer) ?? viewer}`;
}

function directTo(cid: string): string | undefined {
  const target = parseConversationId(cid);
  return target?.scene === 'p2p' ? target.to : undefined;
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
