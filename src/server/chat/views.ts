import type { Features } from '../../protocol/frames.js';
import { conversationId } from '../../protocol/ids.js';
import type { ConversationInfo } from '../../protocol/model.js';
import type { Bus } from '../bus/bus.js';
import type { Storage, ViewChange, ViewRow } from '../storage/storage.js';
import type { Accounts } from './accounts.js';
import { notFound } from './chat-error.js';
import type { Conversations } from './conversations.js';
import { wireMessage } from './log-event.js';

/** Conversations as one account has them: its list, its settings. */
export class Views {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #accounts: Accounts;
  readonly #conversations: Conversations;
  readonly #features: Features;

  constructor(storage: Storage, bus: Bus, accounts: Accounts, conversations: Conversations, features: Features) {
    this.#storage = storage;
    this.#bus = bus;
    this.#accounts = accounts;
    this.#conversations = conversations;
    this.#features = features;
  }

  /** Newest first, older than `before`; `more` when others follow. */
  async page(account: string, limit: number, before?: number): Promise<{ rows: ViewRow[]; more: boolean }> {
    const all = await this.#storage.views(account, { limit: limit + 1, ...(before !== undefined && { before }) });
    const found = all.map((row) => this.#tellable(row));
    if (found.length <= limit) return { rows: found, more: false };
    // The next page is older than the last of this one: those of the same moment must not fall between the two.
    const next = found[limit]!.updateTime;
    const rows = found.slice(0, limit).filter((row) => row.updateTime > next);
    return { rows: rows.length > 0 ? rows : found, more: true };
  }

  /** The view, `undefined` where nothing was said yet. @throws {ChatError} 404 */
  async find(account: string, cid: string): Promise<ViewRow | undefined> {
    const conversation = await this.#conversations.find(account, cid);
    const row = conversation && (await this.#storage.view(account, conversation.id));
    return row && this.#tellable(row);
  }

  /** How the account names a conversation of its own. */
  async cidOf(account: string, conversation: number): Promise<string | undefined> {
    const row = await this.#storage.view(account, conversation);
    return row && conversationId(row.scene, row.to);
  }

  /** As `find`, with an empty conversation for one that nothing was said in. @throws {ChatError} 404 */
  async info(account: string, cid: string): Promise<ConversationInfo> {
    const row = await this.find(account, cid);
    return row ? infoOf(row) : this.#empty(cid);
  }

  /** @throws {ChatError} 404, also for a conversation that nothing was said in yet */
  async update(account: string, cid: string, change: ViewChange): Promise<ConversationInfo> {
    const row = await this.find(account, cid);
    if (!row) throw notFound('conversation yet');
    const u = await this.#storage.updateView(account, row.conversation, change);
    const conversation = infoOf({ ...row, ...change });
    this.#bus.publish({ topic: 'user', account, event: { kind: 'conversation', u, conversation } });
    return conversation;
  }

  /** Without what this server does not tell. */
  #tellable(row: ViewRow): ViewRow {
    if (this.#features.receipts) return row;
    const { peerReadSeq: _, ...rest } = row;
    return rest;
  }

  async #empty(cid: string): Promise<ConversationInfo> {
    if (!cid.startsWith('p2p-')) throw notFound('conversation yet');
    const to = cid.slice('p2p-'.length);
    const profile = await this.#accounts.profile(to);
    return {
      id: cid,
      scene: 'p2p',
      to,
      name: profile?.name ?? '',
      ...(profile?.avatar !== undefined && { avatar: profile.avatar }),
      updateTime: 0,
      lastSeq: 0,
      unread: 0,
      readSeq: 0,
      pinned: false,
      muted: false,
    };
  }
}

/** The view as the wire has it. */
export function infoOf(row: ViewRow): ConversationInfo {
  const lastMsg = row.lastMessage && wireMessage(row.lastMessage);
  return {
    id: conversationId(row.scene, row.to),
    scene: row.scene,
    to: row.to,
    ...(row.form !== undefined && { form: row.form }),
    name: row.name,
    ...(row.avatar && { avatar: row.avatar }),
    updateTime: row.updateTime,
    lastSeq: row.lastSeq,
    unread: row.unread,
    readSeq: row.readSeq,
    ...(row.peerReadSeq !== undefined && { peerReadSeq: row.peerReadSeq }),
    ...(lastMsg && { lastMsg }),
    ...(lastMsg && row.lastMessage!.seq !== row.lastSeq && { lastMsgSeq: row.lastMessage!.seq }),
    pinned: row.pinned,
    muted: row.muted,
    ...(row.hidden && { hidden: true }),
    ...(row.markedUnread && { markedUnread: true }),
    ...(row.mentioned && { mentioned: true }),
    ...(row.custom && { custom: row.custom }),
    ...(row.mentioned && { mentioned: true }),
  };
}
