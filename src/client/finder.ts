import { errorCodes } from '../protocol/codes.js';
import { limits } from '../protocol/limits.js';
import type { Message } from '../protocol/message.js';
import type { LogEvent } from '../protocol/model.js';
import { hasLink, hasWords, wordQuery, type WordQuery } from '../protocol/words.js';
import type { MediaKind, SearchOptions, SearchResult } from './api.js';
import type { Cache } from './cache/cache.js';
import { ChatError } from './errors.js';
import type { Requests } from './requests.js';
import type { Settings } from './options.js';
import { withInfo } from './store/entry.js';
import { messageOf } from './store/messages.js';
import type { ReadModel } from './store/read-model.js';
import type { Sync } from './sync.js';

/** Messages in an answer, where nobody says how many. */
const pageSize = 20;
/** How much of the cache an offline search goes through, and how much of it at once. */
const mostScanned = 20_000;
const scanPage = 500;

type Parts = {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly sync: Sync;
  readonly online: () => boolean;
};

/** Finding again: words, moments, pictures and files, everything. The server knows more; the cache is what there is without it. */
export class Finder {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async search(text: string, { conversationId, before, limit = pageSize }: SearchOptions): Promise<SearchResult> {
    const { online, requests, model } = this.#parts;
    const q = text.slice(0, limits.query);
    const query = wordQuery(q);
    const first = conversationId === undefined && before === undefined;
    const conversations = first ? model.list.all().filter(({ name, to }) => hasWords(`${name}\n${to}`, query)) : [];
    const named = { people: [], conversations };
    if (query.terms.length === 0) return { ...named, messages: [], more: false, offline: !online() };
    if (!online()) return { ...named, ...(await this.#scan(query, conversationId, before, limit)) };
    const found = await requests.ask<'search'>({
      t: 'search',
      q,
      limit: Math.min(Math.max(1, limit), limits.found),
      ...(conversationId !== undefined && { cid: conversationId }),
      ...(before !== undefined && { before }),
    });
    // Beside the list, not in it: there they would hide that others between were not loaded yet.
    const further = found.conversations
      .filter(({ id }) => !model.conversation(id))
      .map((info) => withInfo(undefined, info, this.#parts.settings.account).conversation);
    const { people, more } = found;
    return {
      people,
      conversations: [...conversations, ...further],
      messages: this.#messages(found.hits),
      more,
      offline: false,
    };
  }

  async media(cid: string, kind: MediaKind, before?: number): Promise<{ messages: Message[]; more: boolean }> {
    const { online, requests } = this.#parts;
    const place = before !== undefined && { before };
    if (online()) {
      const { hits, more } = await requests.ask<'media'>({ t: 'media', cid, kind, limit: limits.found, ...place });
      return { messages: this.#messages(hits), more };
    }
    const messages: Message[] = [];
    for await (const message of this.#kept(cid, before)) {
      if (isOf(message, kind)) messages.push(message);
      if (messages.length > limits.found) break;
    }
    return { messages: messages.slice(0, limits.found), more: messages.length > limits.found };
  }

  async seqAt(cid: string, time: number): Promise<number> {
    const { online, requests } = this.#parts;
    const head = Math.max(1, this.#head(cid));
    if (online()) {
      const { seq } = await requests.ask<'seek'>({ t: 'seek', cid, time: Math.max(0, Math.floor(time)) });
      return Math.min(seq, Math.max(head, 1));
    }
    let place = head;
    for await (const message of this.#kept(cid)) {
      if (message.time < time) break;
      place = message.seq!;
    }
    return place;
  }

  async everything(
    cid: string,
    onProgress: (done: number, total: number) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<{ messages: Message[]; names: Map<string, string> }> {
    const { settings, requests, model } = this.#parts;
    const messages: Message[] = [];
    for (let from = 1, head = 1; from <= head;) {
      signal?.throwIfAborted();
      const page = await requests.ask<'get'>({ t: 'get', cid, from, limit: limits.page });
      signal?.throwIfAborted();
      messages.push(...page.events.flatMap((event) => messageOf(cid, settings.account, event) ?? []));
      head = page.head;
      if (page.to < from && from <= head) throw new ChatError(errorCodes.serverError, 'the history ends too early');
      from = page.to + 1;
      onProgress(Math.min(page.to, head), head);
    }
    const names = new Map<string, string>();
    const accounts = [...new Set(messages.map((message) => message.from))];
    for (let i = 0; i < accounts.length; i += limits.accounts) {
      const asked = accounts.slice(i, i + limits.accounts);
      const { users } = await requests.ask<'users'>({ t: 'users', accounts: asked });
      for (const { account, name } of users) names.set(account, name ?? account);
    }
    const conversation = model.conversation(cid);
    if (conversation?.scene === 'p2p') names.set(conversation.to, conversation.name);
    return { messages, names };
  }

  /** In what this browser keeps, newest first. */
  async #scan(
    query: WordQuery,
    conversationId: string | undefined,
    before = Infinity,
    limit: number,
  ): Promise<Pick<SearchResult, 'messages' | 'more' | 'offline'>> {
    const { model } = this.#parts;
    const ids = conversationId === undefined ? byTime(model.list.all()) : [conversationId];
    const messages: Message[] = [];
    let scanned = 0;
    for (const id of ids)
      for await (const message of this.#kept(id)) {
        if (++scanned > mostScanned) break;
        if (message.time < before && hasWords(textOf(message), query)) messages.push(message);
      }
    messages.sort((a, b) => b.time - a.time || b.seq! - a.seq!);
    return { messages: messages.slice(0, limit), more: messages.length > limit, offline: true };
  }

  /** What the cache has of a conversation, backwards over its holes. */
  async *#kept(cid: string, before?: number): AsyncGenerator<Message> {
    const { cache, settings } = this.#parts;
    let left = mostScanned;
    for (let last = (before ?? this.#head(cid) + 1) - 1; last > 0 && left > 0; last -= scanPage) {
      const events = await cache.events(cid, Math.max(1, last - scanPage + 1), last);
      left -= scanPage;
      for (const event of events.reverse()) {
        const message = messageOf(cid, settings.account, event);
        if (message) yield message;
      }
    }
  }

  #head(cid: string): number {
    return this.#parts.sync.head(cid) ?? this.#parts.model.conversation(cid)?.lastSeq ?? 0;
  }

  #messages(hits: readonly { readonly cid: string; readonly event: LogEvent }[]): Message[] {
    return hits.flatMap(({ cid, event }) => messageOf(cid, this.#parts.settings.account, event) ?? []);
  }
}

function byTime(conversations: readonly { readonly id: string; readonly updateTime: number }[]): string[] {
  return [...conversations].sort((a, b) => b.updateTime - a.updateTime).map(({ id }) => id);
}

/** As the server's index has it: what was written, a file's name, a place's title. */
function textOf({ type, content, file, location }: Message): string {
  if (type === 'custom' || type === 'notification') return '';
  return [content, file?.name, location?.title].filter((part) => part !== undefined).join('\n');
}

function isOf({ type, content }: Message, kind: MediaKind): boolean {
  if (kind === 'media') return type === 'image' || type === 'video';
  if (kind === 'files') return type === 'audio' || type === 'file';
  return type === 'text' && hasLink(content ?? '');
}
