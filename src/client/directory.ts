import { errorCodes } from '../protocol/codes.js';
import { parseConversationId } from '../protocol/ids.js';
import type { ConversationInfo } from '../protocol/model.js';
import type { Conversation, ConversationChange } from './api.js';
import type { Commits } from './commits.js';
import { ChatError } from './errors.js';
import type { Requests } from './requests.js';
import type { Resume } from './resume.js';
import type { Settings } from './options.js';
import { withInfo } from './store/entry.js';
import type { ReadModel } from './store/read-model.js';

/** Conversations in a page of the list. */
const pageSize = 100;

type Parts = {
  readonly settings: Settings;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly resume: Resume;
};

/** Which conversations there are, beyond what a resume brings. */
export class Directory {
  readonly #parts: Parts;
  #loading: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws {ChatError} 414 for what is no conversation id, 404 when there is nobody of that name */
  async open(id: string): Promise<Conversation> {
    const known = this.#parts.model.conversation(id);
    if (known) return known;
    return this.look(id);
  }

  /** As it stands on the server, whatever is known here. @throws {ChatError} as `open` */
  async look(id: string): Promise<Conversation> {
    if (!parseConversationId(id)) throw new ChatError(errorCodes.badParameter, `"${id}" is not a conversation id`);
    const { conversation } = await this.#parts.requests.ask<'conversation'>({ t: 'conversation', cid: id });
    await this.#learn([conversation]);
    return this.#parts.model.conversation(id)!;
  }

  async update(id: string, change: ConversationChange): Promise<void> {
    const { conversation } = await this.#parts.requests.ask<'settings'>({ t: 'settings', cid: id, ...change });
    await this.#learn([conversation]);
  }

  loadMore(): Promise<void> {
    this.#loading ??= this.#loadMore().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #loadMore(): Promise<void> {
    const { model, requests, resume } = this.#parts;
    if (!resume.more) return;
    const times = [...model.list.entries()].map(({ conversation }) => conversation.updateTime);
    const before = times.length === 0 ? {} : { before: Math.min(...times) };
    const { items, more } = await requests.ask<'list'>({ t: 'list', ...before, limit: pageSize });
    resume.more = more;
    model.touchList();
    await this.#learn(items, more);
  }

  async #learn(infos: readonly ConversationInfo[], more?: boolean): Promise<void> {
    const { commits, settings } = this.#parts;
    const known = infos.map((info) =>
      commits.add({ cid: info.id, entry: (entry) => withInfo(entry, info, settings.account) }),
    );
    await Promise.all([...known, ...(more === undefined ? [] : [commits.add({ meta: { more } })])]);
  }
}
