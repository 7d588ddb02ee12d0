import { actionTypes, applied, contentOf, emptied, refusalOf } from '../../../src/server/storage/action-rules.js';
import {
  AccountExistsError,
  type ActOutcome,
  type AccountChange,
  type AccountRow,
  type ConversationRow,
  type Edit,
  type Hidden,
  type HiddenRow,
  type MessageRow,
  type NewAction,
  type NewAccount,
  type NewMessage,
  type NewReport,
  type ReadMarked,
  type ViewChange,
  type ViewRow,
} from '../../../src/server/storage/storage.js';
import type { AppendOutcome } from '../../../src/server/storage/driver.js';
import { FileTable } from './file-table.js';

type StoredMessage = MessageRow & { readonly fingerprint: string };
const isMessage = ({ type }: MessageRow): boolean => !(actionTypes as readonly string[]).includes(type);
type Member = {
  readSeq: number;
  u: number;
  pinned: boolean;
  muted: boolean;
  /** One more than `n` when it was put away. */
  hiddenN: number;
  markedUnread: boolean;
  custom: string;
};
type Talk = {
  row: ConversationRow;
  readonly log: StoredMessage[];
  readonly members: Map<string, Member>;
  /** Target → the pin's own place; target → its edits; account → what it has hidden, and since which `u`. */
  readonly pins: Map<number, number>;
  readonly edits: Map<number, (Edit & { readonly seq: number })[]>;
  readonly hidden: Map<string, Map<number, number>>;
};

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

  readonly files = new FileTable(
    (account, conversation) => this.#talks.get(conversation)?.members.has(account) === true,
  );

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
    const fresh = (): Member => ({
      readSeq: 0,
      u: 0,
      pinned: false,
      muted: false,
      hiddenN: 0,
      markedUnread: false,
      custom: '',
    });
    this.#talks.set(row.id, {
      ...{ row, log: [], members: new Map(members.map((member) => [member, fresh()])) },
      ...{ pins: new Map(), edits: new Map(), hidden: new Map() },
    });
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

  act(actions: readonly NewAction[]): (ActOutcome | 'id-reused')[] {
    for (const { from } of actions) if (!this.#accounts.has(from)) throw new Error(`there is no account ${from}`);
    return actions.map((action) => this.#actOne(action));
  }

  messages(conversation: number, from: number, to: number, viewer?: string): MessageRow[] {
    const talk = this.#talks.get(conversation);
    return (talk?.log ?? []).slice(Math.max(from - 1, 0), Math.max(to, 0)).map((row) => seen(talk!, row, viewer));
  }

  picked(conversation: number, seqs: readonly number[], viewer: string): MessageRow[] {
    const talk = this.#talks.get(conversation);
    return (talk?.log ?? []).filter(({ seq }) => seqs.includes(seq)).map((row) => seen(talk!, row, viewer));
  }

  pins(conversation: number, viewer: string): MessageRow[] {
    const talk = this.#talks.get(conversation);
    const targets = [...(talk?.pins ?? [])].sort(([, a], [, b]) => b - a).map(([target]) => target);
    return targets.map((target) => seen(talk!, talk!.log[target - 1]!, viewer));
  }

  edits(conversation: number, seq: number): Edit[] {
    const found = this.#talks.get(conversation)?.edits.get(seq) ?? [];
    return found.slice(-100).map(({ content, time }) => ({ content, time }));
  }

  hide(account: string, conversation: number, seqs: readonly number[]): Hidden | undefined {
    const talk = this.#talks.get(conversation);
    const member = talk?.members.get(account);
    if (!talk || !member) throw new Error(`${account} is no member of conversation ${conversation}`);
    const hidden = talk.hidden.get(account) ?? new Map<number, number>();
    talk.hidden.set(account, hidden);
    const fresh = [...new Set(seqs)].filter((seq) => talk.log[seq - 1] && !hidden.has(seq)).sort((a, b) => a - b);
    if (fresh.length === 0) return undefined;
    const u = (member.u = ++this.#accounts.get(account)!.u);
    for (const seq of fresh) hidden.set(seq, u);
    return { u, seqs: fresh };
  }

  hiddenSince(account: string, since: number): HiddenRow[] {
    return [...this.#talks]
      .flatMap(([conversation, talk]) =>
        [...(talk.hidden.get(account) ?? [])].map(([seq, u]): HiddenRow => ({ conversation, seq, u })),
      )
      .filter(({ u }) => u > since)
      .sort((a, b) => a.u - b.u || a.seq - b.seq);
  }

  report({ account, conversation, seq }: NewReport): boolean {
    return this.#accounts.has(account) && this.#talks.get(conversation)?.log[seq - 1] !== undefined;
  }

  acquainted(account: string, others: readonly string[]): string[] {
    const talks = [...this.#talks.values()].filter(({ members }) => members.has(account));
    return others.filter((other) => talks.some(({ members }) => members.has(other)));
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
    const last = talk.log.findLast((row) => isMessage(row) && !talk.hidden.get(account)?.has(row.seq));
    const peer = to === account ? undefined : talk.members.get(to);
    return {
      ...{ conversation: id, scene, to, name: name || to, avatar: icon, updateTime, lastSeq: seq },
      ...(last && { lastMessage: rowOf(last) }),
      unread: unreadOf(talk, account, member.readSeq),
      readSeq: member.readSeq,
      ...(peer && { peerReadSeq: peer.readSeq }),
      ...{ pinned: member.pinned, muted: member.muted, markedUnread: member.markedUnread },
      ...{ hidden: member.hiddenN > talk.row.n },
      ...{ custom: member.custom, u: member.u },
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
    const mark = Math.max(Math.min(seq, talk.row.seq), reader.readSeq);
    if (mark === reader.readSeq && !reader.markedUnread) return undefined;
    for (const [name, member] of talk.members) member.u = ++this.#accounts.get(name)!.u;
    reader.readSeq = mark;
    reader.markedUnread = false;
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
    const { hidden, ...rest } = change;
    Object.assign(member, rest);
    if (hidden !== undefined) member.hiddenN = hidden ? this.#talks.get(conversation)!.row.n + 1 : 0;
    return (member.u = ++this.#accounts.get(account)!.u);
  }

  #actOne(action: NewAction): ActOutcome | 'id-reused' {
    const { conversation, from, idClient, id, fingerprint, time, target, act } = action;
    const key = `${from} ${idClient}`;
    const first = this.#unique ? this.#sent.get(key)?.message : undefined;
    if (first && first.fingerprint !== fingerprint) return 'id-reused';
    if (first) return { id: first.id, seq: first.seq, n: 0, time: first.time, dup: true, row: rowOf(first) };
    const talk = this.#talks.get(conversation)!;
    const found = talk.log[target - 1];
    const refused = refusalOf(found, action, talk.pins.size);
    if (refused) return { refused };
    const seq = ++talk.row.seq;
    const bodies = applied(found!, action, seq);
    const message = { seq, n: 0, id, idClient, from, type: act.kind, body: bodies.own, time, fingerprint };
    talk.log.push(message);
    talk.log[target - 1] = { ...found!, body: bodies.target, ...(act.kind === 'recall' && { n: 0 }) };
    this.#sent.set(key, { conversation, message });
    follow(talk, action, found!, seq);
    return { id, seq, n: 0, time, dup: false, row: rowOf(message) };
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

/** What an action does beyond the message itself. */
function follow({ pins, edits, log }: Talk, { act, target, time }: NewAction, found: StoredMessage, seq: number): void {
  if (act.kind === 'pin' && act.on) pins.set(target, seq);
  if (act.kind === 'recall' || (act.kind === 'pin' && !act.on)) pins.delete(target);
  if (act.kind === 'edit') {
    const before = edits.get(target) ?? [{ seq: target, content: contentOf(found.body), time: found.time }];
    edits.set(target, [...before, { seq, content: act.content, time }]);
  }
  if (act.kind !== 'recall') return;
  for (const { seq: at } of edits.get(target) ?? [])
    if (at !== target) log[at - 1] = { ...log[at - 1]!, body: emptied(target) };
  edits.delete(target);
}

function seen({ hidden }: Talk, row: StoredMessage, viewer: string | undefined): MessageRow {
  return { ...rowOf(row), ...(viewer !== undefined && hidden.get(viewer)?.has(row.seq) && { hidden: true }) };
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
