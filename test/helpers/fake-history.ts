import type { ConnectionState, MediaKind, SearchOptions, SearchResult } from '../../src/client/api.js';
import type { Message } from '../../src/protocol/message.js';
import { hasLink, hasWords, wordQuery } from '../../src/protocol/words.js';
import { FakeMessageActs } from './fake-message-acts.js';

/** What a `FakeClient` finds again of what was said. */
export abstract class FakeHistory extends FakeMessageActs {
  abstract readonly connection: ConnectionState;

  /** What was said in all, of which `openAt`, `search`, `media` and the export give parts. */
  readonly said = new Map<string, Message[]>();
  /** What the next searches find beside messages. */
  found: Pick<SearchResult, 'people' | 'conversations'> = { people: [], conversations: [] };
  openAt(id: string, seq: number): Promise<void> {
    this.calls.push(`openAt ${id} ${seq}`);
    const said = this.said.get(id) ?? this.elsewhere.get(id) ?? [];
    const at = said.findIndex((message) => message.seq! >= seq);
    const messages = said.slice(Math.max(0, at - 10), at + 40);
    const hasNewer = at + 40 < said.length;
    this.setTimeline(id, { messages, hasOlder: at > 10, hasNewer, loading: 'none' });
    return Promise.resolve();
  }
  seqAt(id: string, time: number): Promise<number> {
    const said = this.said.get(id) ?? [];
    return Promise.resolve((said.find((message) => message.time >= time) ?? said.at(-1))?.seq ?? 1);
  }
  search(query: string, { conversationId, before = Infinity, limit = 20 }: SearchOptions = {}): Promise<SearchResult> {
    this.calls.push(`search ${query}`);
    const said = [...this.said].flatMap(([id, list]) =>
      conversationId === undefined || conversationId === id ? list : [],
    );
    const messages = said
      .filter(({ content = '', time }) => hasWords(content, wordQuery(query)) && time < before)
      .sort((a, b) => b.time - a.time);
    const offline = this.connection.state !== 'connected';
    return Promise.resolve({
      ...this.found,
      messages: messages.slice(0, limit),
      more: messages.length > limit,
      offline,
    });
  }
  media(id: string, kind: MediaKind): Promise<{ messages: Message[]; more: boolean }> {
    this.calls.push(`media ${id} ${kind}`);
    const types = { media: ['image', 'video'], files: ['audio', 'file'], links: ['text'] }[kind];
    const said = (this.said.get(id) ?? []).filter(({ type, content = '' }) =>
      kind === 'links' ? hasLink(content) : types.includes(type),
    );
    return Promise.resolve({ messages: said.reverse(), more: false });
  }
  exportConversation(
    id: string,
    onProgress: (done: number, total: number) => void = () => undefined,
    _signal?: AbortSignal,
  ): Promise<{ messages: Message[]; names: Map<string, string> }> {
    const messages = this.said.get(id) ?? [];
    onProgress(messages.length, messages.length);
    return Promise.resolve({ messages, names: new Map() });
  }
}
