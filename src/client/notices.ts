import type { Notice } from '../protocol/groups.js';
import type { Commits } from './commits.js';
import type { NoticeList } from './group-api.js';
import type { Requests } from './requests.js';
import type { ReadModel } from './store/read-model.js';

/** Notices in a page. */
const pageSize = 50;

type Parts = { readonly commits: Commits; readonly model: ReadModel; readonly requests: Requests };

/** Word to this account, outside any conversation: what came, in which state, and how far it was read. */
export class NoticeBox {
  readonly #parts: Parts;
  readonly #known = new Map<number, Notice>();
  #read = 0;
  /** Whether the server may have older ones; `undefined`: nobody has asked yet. */
  #more: boolean | undefined;
  /** Beyond those that are here. */
  #unreadElsewhere = 0;
  #view: NoticeList | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  restore(notices: readonly Notice[], read = 0): void {
    for (const notice of notices) if (!this.#known.has(notice.num)) this.#known.set(notice.num, notice);
    this.#read = Math.max(read, this.#read);
    this.#view = undefined;
  }

  /** Another history: what is here is not of it. */
  reset(): void {
    this.#known.clear();
    this.#read = 0;
    this.#more = undefined;
    this.#unreadElsewhere = 0;
    this.#changed();
  }

  get view(): NoticeList {
    this.#view ??= this.#makeView();
    return this.#view;
  }

  /** Other tabs of this browser begin with these. */
  standing(): { readonly notices: readonly Notice[]; readonly read: number } {
    return { notices: this.view.notices.slice(0, pageSize), read: this.#read };
  }

  receive(notice: Notice): Promise<void> {
    return this.#take([notice]);
  }

  marked(num: number): Promise<void> {
    if (num <= this.#read) return Promise.resolve();
    this.#read = num;
    this.#changed();
    return this.#parts.commits.add({ meta: { noticesRead: num } });
  }

  async load(): Promise<void> {
    if (this.#more === false) return;
    const oldest = this.#more === undefined ? undefined : Math.min(...this.#known.keys());
    const before = oldest !== undefined && Number.isFinite(oldest) && { before: oldest };
    const { notices, more, read, unread } = await this.#parts.requests.ask<'notices'>({
      t: 'notices',
      limit: pageSize,
      ...before,
    });
    this.#more = more;
    await this.marked(read);
    await this.#take(notices);
    const here = [...this.#known.keys()].filter((num) => num > this.#read).length;
    this.#unreadElsewhere = Math.max(0, unread - here);
    this.#changed();
  }

  async markRead(): Promise<void> {
    const newest = Math.max(0, ...this.#known.keys());
    if (newest <= this.#read) return;
    await this.marked(newest);
    await this.#parts.requests.ask<'notices'>({ t: 'notices', limit: 0, read: newest });
  }

  #take(notices: readonly Notice[]): Promise<void> {
    for (const notice of notices) this.#known.set(notice.num, notice);
    this.#changed();
    return this.#parts.commits.add({ notices });
  }

  #changed(): void {
    this.#view = undefined;
    this.#parts.model.tell('notice', this.view);
    this.#parts.model.flush();
  }

  #makeView(): NoticeList {
    const notices = [...this.#known.values()]
      .sort((a, b) => b.num - a.num)
      .map((notice) => (notice.read === notice.num <= this.#read ? notice : { ...notice, read: !notice.read }));
    const unread = notices.filter(({ read }) => !read).length + this.#unreadElsewhere;
    return { notices, unread, more: this.#more ?? true };
  }
}
