import {
  AccountExistsError,
  type AccountChange,
  type AccountRow,
  type ConversationRow,
  type MessageRow,
  type NewAccount,
  type NewMessage,
  type ReadMarked,
  type ViewChange,
  type ViewRow,
} from '../../../src/server/storage/storage.js';
import type { AppendOutcome } from '../../../src/server/storage/driver.js';

type StoredMessage = MessageRow & { readonly fingerprint: string };
type Member = { readSeq: number; u: number; pinned: boolean; muted: boolean; custom: string };
type Talk = { row: ConversationRow; readonly log: StoredMessage[]; readonly members: Map<string, Member> };

/** As in `unread.ts`: counted up to so many, within so much of the log. */
const mostUnread = 1_000;
const unreadDepth = 20_000;

/** The store's tables and transactions in memory; each call is one transaction, all of it or nothing. */
export class Tables {
  readonly #unique: boolean;
  readonly #accounts = new Map<string, AccountRow>();
  readonly #talks = new Map<number, Talk>();
  readonly #direct = new Map<string, number>();
  /** By sender and `idClient`. */
  readonly #sent = new Map<string, { readonly conversation: number; readonly message: StoredMessage }>();

  /** @param unique whether a repeat of `(sender, idClient)` is recognised; off, to show that the checker sees what happens then */
  constructor(unique: boolean) {
    this.#unique = unique;
  }

  createAccount({ account, name = '', icon = '', tokenHash = '', extra = '' }: NewAccount, now: number): AccountRow {
    if (this.#accounts.has(account)) throw new AccountExistsError(`the account ${account} exists already`);
    const given = { account, name, icon, tokenHash, extra };
    const row = { ...given, disabled: false, tokensValidFrom: 0, u: 0, createTime: now };
    this.#accounts.set(account, row);
    return { ...row };
  }

  ensureAccount(account: string, now: number): AccountRow {
    return this.account(account) ?? this.createAccount({ account }, now);
  }

  account(account: string): AccountRow | undefined {
    const row = this.#accounts.get(account);
    return row && { ...row };
  }

  updateAccount(account: string, change: AccountChange): boolean {
    const row = this.#accounts.get(account);
    if (row) Object.assign(row, change);
    return row !== undefined;
  }

  findDirect(a: string, b: string): ConversationRow | undefined {
    const id = this.#direct.get(keyOf(a, b));
    return id === undefined ? undefined : { ...this.#talks.get(id)!.row };
  }

  ensureDirect(a: string, b: string): ConversationRow {
    const found = this.findDirect(a, b);
    if (found) return found;
    for (const name of [a, b]) if (!this.#accounts.has(name)) throw new Error(`there is no account ${name}`);
    const members = [...new Set([a, b])].sort();
    const row = { id: this.#talks.size + 1, scene: 'p2p' as const, members, seq: 0, n: 0, updateTime: 0 };
    const fresh = (): Member => ({ readSeq: 0, u: 0, pinned: false, muted: false, custom: '' });
    this.#talks.set(row.id, { row, log: [], members: new Map(members.map((member) => [member, fresh()])) });
    this.#direct.set(keyOf(a, b), row.id);
    return { ...row };
  }

  append(messages: readonly NewMessage[]): AppendOutcome[] {
    for (const { from, conversation } of messages) {
      if (!this.#accounts.has(from)) throw new Error(`there is no account ${from}`);
      if (!this.#talks.has(conversation)) throw new Error(`there is no conversation ${conversation}`);
    }
    return messages.map((message) => this.#appendOne(message));
  }

  messages(conversation: number, from: number, to: number): MessageRow[] {
    const { log = [] } = this.#talks.get(conversation) ?? {};
    return log.slice(Math.max(from - 1, 0), Math.max(to, 0)).map(rowOf);
  }

  heads(conversations: readonly number[]): Map<number, number> {
    return new Map(conversations.flatMap((id) => (this.#talks.has(id) ? [[id, this.#talks.get(id)!.row.seq]] : [])));
  }

  view(account: string, conversation: number): ViewRow | undefined {
    const talk = this.#talks.get(conversation);
    const member = talk?.members.get(account);
    if (!talk || !member) return undefined;
    const { id, scene, seq, updateTime, members } = talk.row;
    const to = members.find((name) => name !== account) ?? account;
    const { name, icon } = this.#accounts.get(to)!;
    const last = talk.log.at(-1);
    const peer = to === account ? undefined : talk.members.get(to);
    return {
      ...{ conversation: id, scene, to, name: name || to, avatar: icon, updateTime, lastSeq: seq },
      ...(last && { lastMessage: rowOf(last) }),
      unread: unreadOf(talk, account, member.readSeq),
      readSeq: member.readSeq,
      ...(peer && { peerReadSeq: peer.readSeq }),
      ...{ pinned: member.pinned, muted: member.muted, custom: member.custom, u: member.u },
    };
  }

  views(account: string, { limit, before = Infinity }: { limit: number; before?: number }): ViewRow[] {
    const found = [...this.#talks.keys()]
      .flatMap((id) => this.view(account, id) ?? [])
      .filter(({ lastSeq, u, updateTime }) => (lastSeq > 0 || u > 0) && updateTime < before)
      .sort((a, b) => b.updateTime - a.updateTime || b.conversation - a.conversation);
    const last = found[Math.min(limit, found.length) - 1];
    return found.filter(({ updateTime }) => last !== undefined && updateTime >= last.updateTime);
  }

  markRead(account: string, conversation: number, seq: number): ReadMarked | undefined {
    const talk = this.#talks.get(conversation);
    const reader = talk?.members.get(account);
    if (!talk || !reader) return undefined;
    const mark = Math.min(seq, talk.row.seq);
    if (mark <= reader.readSeq) return undefined;
    for (const [name, member] of talk.members) member.u = ++this.#accounts.get(name)!.u;
    reader.readSeq = mark;
    const peer = talk.row.members.find((name) => name !== account);
    return {
      seq: mark,
      unread: unreadOf(talk, account, mark),
      head: talk.row.seq,
      u: reader.u,
      ...(peer !== undefined && { peer: { account: peer, u: talk.members.get(peer)!.u } }),
    };
  }

  updateView(account: string, conversation: number, change: ViewChange): number {
    const member = this.#talks.get(conversation)?.members.get(account);
    if (!member) throw new Error(`${account} is no member of conversation ${conversation}`);
    Object.assign(member, change);
    return (member.u = ++this.#accounts.get(account)!.u);
  }

  #appendOne({ conversation, from, idClient, counts, fingerprint, ...given }: NewMessage): AppendOutcome {
    const key = `${from} ${idClient}`;
    const first = this.#unique ? this.#sent.get(key)?.message : undefined;
    if (first && first.fingerprint !== fingerprint) return 'id-reused';
    if (first) return { id: first.id, seq: first.seq, n: first.n, time: first.time, dup: true };
    const { row, log } = this.#talks.get(conversation)!;
    row.seq++;
    if (counts) row.n++;
    row.updateTime = Math.max(row.updateTime, given.time);
    const { id, type, body, time } = given;
    const message = { seq: row.seq, n: counts ? row.n : 0, id, idClient, from, type, body, time, fingerprint };
    log.push(message);
    this.#sent.set(key, { conversation, message });
    return { id, seq: message.seq, n: message.n, time, dup: false };
  }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function rowOf({ seq, n, id, idClient, from, type, body, time }: StoredMessage): MessageRow {
  return { seq, n, id, idClient, from, type, body, time };
}

function unreadOf({ row, log }: Talk, account: string, readSeq: number): number {
  let unread = 0;
  for (let seq = row.seq; seq > Math.max(readSeq, row.seq - unreadDepth) && unread < mostUnread; seq--) {
    const { n, from } = log[seq - 1]!;
    if (n > 0 && from !== account) unread++;
  }
  return unread;
}
