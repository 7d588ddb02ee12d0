import type { Notice } from '../../../protocol/groups.js';
import type { Bus } from '../../bus/bus.js';
import type { Storage } from '../../storage/storage.js';
import { noticeInfo } from './group-info.js';

export type NoticePage = {
  readonly notices: Notice[];
  readonly more: boolean;
  readonly read: number;
  readonly unread: number;
};

/** Word to one person, outside any conversation: read here, written where what it tells is decided. */
export class Notices {
  readonly #storage: Storage;
  readonly #bus: Bus;

  constructor(storage: Storage, bus: Bus) {
    this.#storage = storage;
    this.#bus = bus;
  }

  /** Newest first, below `before`. */
  async page(account: string, limit: number, before?: number): Promise<NoticePage> {
    const rows = await this.#storage.notices(account, { limit: limit + 1, ...(before !== undefined && { before }) });
    const marks = await this.#storage.noticeMarks(account);
    return { notices: rows.slice(0, limit).map(noticeInfo), more: rows.length > limit, ...marks };
  }

  /** Those that changed above `u`, the newest of them. */
  async changed(account: string, u: number, limit: number): Promise<{ u: number; notice: Notice }[]> {
    const rows = await this.#storage.notices(account, { limit, changedAfter: u });
    return rows.map((row) => ({ u: row.u, notice: noticeInfo(row) }));
  }

  /** Those up to the number have been read; told to all connections of the account. */
  async markRead(account: string, num: number): Promise<void> {
    const u = await this.#storage.readNotices(account, num);
    if (u !== undefined) this.#bus.publish({ topic: 'user', account, event: { kind: 'notices-read', u, num } });
  }
}
