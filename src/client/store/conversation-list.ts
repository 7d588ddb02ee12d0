import type { Message } from '../../protocol/message.js';
import type { Conversation } from '../api.js';
import type { Entry } from './entry.js';

/** The conversations in memory, and the list as it is shown. */
export class ConversationList {
  readonly #entries = new Map<string, Entry>();
  readonly #drafts = new Map<string, string>();
  /** One's own last message that the server does not have. */
  readonly #unstored = new Map<string, Message>();
  /** With their drafts and what is being sent; the same object until something changes. */
  readonly #shown = new Map<string, Conversation>();
  #sorted: readonly Conversation[] | undefined;

  /** Those that are put away too. */
  all(): readonly Conversation[] {
    return [...this.#entries.keys()].map((id) => this.get(id)!);
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  entry(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  put(entry: Entry): void {
    const { id } = entry.conversation;
    if (this.#entries.get(id) === entry) return;
    this.#entries.set(id, entry);
    this.#changed(id);
  }

  draft(id: string): string {
    return this.#drafts.get(id) ?? '';
  }

  drafts(): ReadonlyMap<string, string> {
    return this.#drafts;
  }

  /** @returns whether it was another */
  setDraft(id: string, text: string): boolean {
    if (this.draft(id) === text) return false;
    if (text === '') this.#drafts.delete(id);
    else this.#drafts.set(id, text);
    this.#changed(id);
    return true;
  }

  /** @returns whether it was another */
  setUnstored(id: string, message: Message | undefined): boolean {
    if (this.#unstored.get(id) === message) return false;
    if (message) this.#unstored.set(id, message);
    else this.#unstored.delete(id);
    this.#changed(id);
    return true;
  }

  /** Drafts stay, and what is being sent: they are this account's own. */
  clear(): void {
    this.#entries.clear();
    this.#shown.clear();
    this.#sorted = undefined;
  }

  get(id: string): Conversation | undefined {
    const known = this.#shown.get(id);
    const entry = this.#entries.get(id);
    if (known || !entry) return known;
    const draft = this.#drafts.get(id);
    const written = withUnstored(entry.conversation, this.#unstored.get(id));
    const shown: Conversation = draft === undefined ? written : { ...written, draft };
    this.#shown.set(id, shown);
    return shown;
  }

  /** Pinned first, then newest first; without what is put away. */
  sorted(): readonly Conversation[] {
    this.#sorted ??= [...this.#entries.keys()]
      .map((id) => this.get(id)!)
      .filter(({ hidden }) => !hidden)
      .sort(
        (a, b) =>
          Number(b.pinned) - Number(a.pinned) ||
          b.updateTime - a.updateTime ||
          (a.id < b.id ? -1 : Number(a.id > b.id)),
      );
    return this.#sorted;
  }

  unreadTotal(): number {
    let total = 0;
    for (const { conversation } of this.#entries.values())
      if (!conversation.muted && !conversation.hidden) total += conversation.unread;
    return total;
  }

  #changed(id: string): void {
    this.#shown.delete(id);
    this.#sorted = undefined;
  }
}

/** What one is sending is the last there is; what failed, only until somebody says more. */
function withUnstored(conversation: Entry['conversation'], message: Message | undefined): Entry['conversation'] {
  const { lastMsg, updateTime } = conversation;
  if (!message || (message.status === 'fail' && message.time < (lastMsg?.time ?? 0))) return conversation;
  return { ...conversation, lastMsg: message, updateTime: Math.max(updateTime, message.time) };
}
