import type { ConversationInfo, Profile } from '../../protocol/model.js';
import { foldText, hasWords, wordQuery, type WordQuery } from '../../protocol/words.js';
import type { FoundRow, MediaQuery, MessageRow, Storage } from '../storage/storage.js';
import { searchText } from '../search-text.js';
import type { Tuning } from '../tuning.js';
import type { Accounts } from './accounts.js';
import { sinceOf, type Conversations } from './conversations.js';
import type { Messages } from './messages.js';
import { infoOf } from './views.js';

export type SearchAsk = {
  readonly q: string;
  readonly cid?: string;
  /** ms since 1970 */
  readonly before?: number;
  readonly limit: number;
};

export type Found = {
  readonly people: readonly Profile[];
  readonly conversations: readonly ConversationInfo[];
  readonly hits: readonly { readonly cid: string; readonly row: MessageRow }[];
  readonly more: boolean;
};

type Parts = {
  readonly storage: Storage;
  readonly accounts: Accounts;
  readonly conversations: Conversations;
  readonly messages: Messages;
};

type Numbers = Pick<Tuning, 'indexBatch' | 'searchCatchUp' | 'searchWaitMs'>;

/** How many of the account's conversations are gone through for their names, and how many of them are given. */
const mostNames = 5_000;
const mostNamed = 10;
/** Pages that are read for one answer, where most of what the index gives is not it. */
const mostPages = 5;

/** Finding again what one may see: one's own conversations, nobody else's. */
export class Search {
  readonly #storage: Storage;
  readonly #accounts: Accounts;
  readonly #conversations: Conversations;
  readonly #messages: Messages;
  readonly #now: () => number;
  readonly #numbers: Numbers;

  constructor({ storage, accounts, conversations, messages }: Parts, now: () => number, numbers: Numbers) {
    this.#storage = storage;
    this.#accounts = accounts;
    this.#conversations = conversations;
    this.#messages = messages;
    this.#now = now;
    this.#numbers = numbers;
  }

  /** @throws {ChatError} 404 for a conversation that is not the account's */
  async find(account: string, ask: SearchAsk): Promise<Found> {
    const { q, cid, before } = ask;
    const query = wordQuery(q);
    const conversation = cid === undefined ? undefined : await this.#conversations.find(account, cid);
    const nowhere = cid !== undefined && !conversation;
    if (nowhere || query.terms.length === 0) return { people: [], conversations: [], hits: [], more: false };
    const first = cid === undefined && before === undefined;
    const [named, { rows, more }] = await Promise.all([
      first ? this.#named(account, q, query) : { people: [], conversations: [] },
      this.#hits(account, query, ask, conversation?.id),
    ]);
    return { ...named, hits: await this.#placed(account, rows), more };
  }

  /** @throws {ChatError} 404 */
  async media(account: string, cid: string, ask: MediaQuery): Promise<{ rows: MessageRow[]; more: boolean }> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation) return { rows: [], more: false };
    if (ask.kind === 'links') await this.#catchUp(() => Promise.resolve([conversation.id]));
    const found = await this.#storage.media(conversation.id, { ...ask, limit: ask.limit + 1 });
    const seqs = found.slice(0, ask.limit).map(({ seq }) => seq);
    const rows = await this.#messages.picked(conversation, seqs, account);
    return { rows: rows.reverse(), more: found.length > ask.limit };
  }

  /** @throws {ChatError} 404 */
  async seqAt(account: string, cid: string, time: number): Promise<number> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation) return 1;
    return Math.max(await this.#storage.seqAt(conversation.id, time), sinceOf(conversation, account) + 1);
  }

  /** What the account has said and heard up to now is in the index, or as much of it as can be waited for. */
  async #catchUp(behind: () => Promise<number[]>): Promise<void> {
    const { indexBatch, searchCatchUp, searchWaitMs } = this.#numbers;
    const until = this.#now() + searchWaitMs;
    let left = await behind();
    for (let taken = 0; left.length > 0 && taken < searchCatchUp && this.#now() < until; taken += indexBatch)
      left = await this.#storage.index(left, indexBatch);
  }

  async #hits(
    account: string,
    query: WordQuery,
    { before, limit }: SearchAsk,
    conversation: number | undefined,
  ): Promise<{ rows: FoundRow[]; more: boolean }> {
    await this.#catchUp(async () => (conversation === undefined ? this.#storage.unindexed(account) : [conversation]));
    const rows: FoundRow[] = [];
    let older = before;
    for (let page = 0; page < mostPages; page++) {
      const place = {
        ...(conversation !== undefined && { conversation }),
        ...(older !== undefined && { before: older }),
      };
      const found = await this.#storage.search(account, { terms: query.terms, ...place, limit: limit + 1 });
      const whole = wholeMoments(found, limit);
      rows.push(...whole.filter(({ message }) => hasWords(searchText(message.type, message.body), query)));
      if (found.length <= limit) return { rows, more: false };
      if (rows.length >= limit) return { rows, more: true };
      older = whole.at(-1)!.message.time;
    }
    return { rows, more: rows.length > 0 };
  }

  /** Where they are, without those that the account may not see, or does not want to. */
  async #placed(account: string, rows: readonly FoundRow[]): Promise<{ cid: string; row: MessageRow }[]> {
    const seen = new Map<string, string>();
    for (const id of new Set(rows.map(({ conversation }) => conversation))) {
      const view = await this.#storage.view(account, id);
      const cid = view && infoOf(view).id;
      const conversation = cid === undefined ? undefined : await this.#conversations.find(account, cid);
      if (cid === undefined || !conversation) continue;
      const seqs = rows.filter((row) => row.conversation === id).map(({ message }) => message.seq);
      for (const { seq } of await this.#messages.picked(conversation, seqs, account)) seen.set(`${id} ${seq}`, cid);
    }
    return rows.flatMap(({ conversation, message }) => {
      const cid = seen.get(`${conversation} ${message.seq}`);
      return cid === undefined ? [] : [{ cid, row: message }];
    });
  }

  /** People whom one knows, by any word of their name; a stranger only by the whole of it, as one can write to anyways. */
  async #named(
    account: string,
    q: string,
    query: WordQuery,
  ): Promise<{ people: Profile[]; conversations: ConversationInfo[] }> {
    const known = (await this.#storage.contacts(account, mostNames)).filter(
      ({ account: other, name }) =>
        hasWords(`${name}\n${other}`, query) || foldText(other).startsWith(foldText(q.trim())),
    );
    const views = await Promise.all(
      known.slice(0, mostNamed).map(({ conversation }) => this.#storage.view(account, conversation)),
    );
    const exact = q.trim().toLowerCase();
    const names = new Set([exact, ...known.slice(0, mostNamed).map((contact) => contact.account)]);
    names.delete(account);
    const people = await this.#accounts.profiles([...names].filter((name) => name.length <= 32));
    return { people, conversations: views.flatMap((view) => (view ? [infoOf(view)] : [])) };
  }
}

/** The next page begins below the last one's moment: those of the same moment must not fall between the two. */
function wholeMoments(found: readonly FoundRow[], limit: number): readonly FoundRow[] {
  if (found.length <= limit) return found;
  const next = found[limit]!.message.time;
  const whole = found.slice(0, limit).filter(({ message }) => message.time > next);
  return whole.length > 0 ? whole : found;
}
