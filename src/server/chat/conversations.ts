import { errorCodes } from '../../protocol/codes.js';
import { parseConversationId } from '../../protocol/ids.js';
import { BoundedMap } from '../bounded-map.js';
import type { ConversationRow, Storage } from '../storage/storage.js';
import type { Accounts } from './accounts.js';
import { groupRefusal } from '../../protocol/group-forms.js';
import { refused } from './groups/plan.js';
import { Roster } from './groups/roster.js';
import type { Rosters } from './groups/rosters.js';
import { ChatError, notFound } from './chat-error.js';

/**
 * A conversation without its counters. Of one between two nothing ever changes, so that it can be remembered; a group is its roster. `cid`: under
 * which everybody sees it, where that is the same for all.
 */
export type Conversation = Readonly<Pick<ConversationRow, 'id' | 'scene'>> & {
  readonly cid?: string;
  readonly members: readonly string[];
};

/** Which conversation an id names for its viewer. The viewer's account is a part of every look-up, so nobody reaches another's. */
export class Conversations {
  readonly #storage: Storage;
  readonly #accounts: Accounts;
  readonly #rosters: Rosters;
  readonly #known = new BoundedMap<string, Conversation>(50_000);
  readonly #pending = new Map<string, Promise<Conversation>>();

  constructor(storage: Storage, accounts: Accounts, rosters: Rosters) {
    this.#storage = storage;
    this.#accounts = accounts;
    this.#rosters = rosters;
  }

  /** What is remembered, at once. */
  peek(viewer: string, cid: string): Conversation | undefined {
    const to = directTo(cid);
    if (to !== undefined) return this.#known.get(keyOf(viewer, to));
    const group = groupOf(cid);
    const roster = group === undefined ? undefined : this.#rosters.peek(group);
    return roster?.member(viewer) && roster;
  }

  /** Everybody who is in it now. */
  async membersOf({ cid, members }: Conversation): Promise<readonly string[]> {
    const group = cid === undefined ? undefined : groupOf(cid);
    return group === undefined ? members : ((await this.#rosters.get(group))?.members ?? []);
  }

  /**
   * The conversation, or `undefined` where nothing was said in it yet.
   * @throws {ChatError} 404 for one that the viewer has no part in, whether it exists or not
   */
  async find(viewer: string, cid: string): Promise<Conversation | undefined> {
    const group = groupOf(cid);
    if (group !== undefined) return this.#group(viewer, group);
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

  /** One that the viewer is in. Of those that can be found, an outsider learns that they are there; of the others nothing. */
  async #group(viewer: string, id: string): Promise<Roster> {
    const roster = await this.#rosters.get(id);
    if (roster?.member(viewer)) return roster;
    throw refused((roster && groupRefusal(roster.state, { role: 'outsider' }, 'post')) ?? errorCodes.notFound);
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

/** How `viewer` sees a conversation: one-to-one by the other's name, a group by its own. */
export function cidFor(viewer: string, conversation: Pick<Conversation, 'cid' | 'members'>): string {
  return conversation.cid ?? `p2p-${conversation.members.find((member) => member !== viewer) ?? viewer}`;
}

/** Above which `seq` the viewer may read: a group's member may have come later. */
export function sinceOf(conversation: Conversation, viewer: string): number {
  return conversation instanceof Roster ? (conversation.member(viewer)?.since ?? 0) : 0;
}

function groupOf(cid: string): string | undefined {
  const target = parseConversationId(cid);
  return target?.scene === 'group' ? target.to : undefined;
}

function directTo(cid: string): string | undefined {
  const target = parseConversationId(cid);
  return target?.scene === 'p2p' ? target.to : undefined;
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
