import { encodeFrame } from '../../protocol/encode.js';
import type { Bus, Publication } from '../bus/bus.js';
import { cidFor } from '../chat/conversations.js';
import type { Presence } from '../chat/presence.js';
import type { Metrics } from '../metrics.js';
import type { Session } from './session.js';

type LogPublication = Extract<Publication, { topic: 'log' }>;

/** Which connections of this node want to hear of what. */
export class Hub {
  readonly #presence: Presence;
  readonly #metrics: Metrics;
  readonly #sessions = new Map<string, Set<Session>>();
  readonly #watchers = new Map<string, Set<Session>>();

  constructor(bus: Bus, presence: Presence, metrics: Metrics) {
    this.#presence = presence;
    this.#metrics = metrics;
    bus.subscribe((publication) => this.#receive(publication));
  }

  /** From here on the session hears of everything that is its account's. */
  add(session: Session): void {
    put(this.#sessions, session.account, session);
    this.#metrics.connections.inc();
    this.#presence.connected(session.account);
  }

  remove(session: Session): void {
    this.watch(session, []);
    if (!take(this.#sessions, session.account, session)) return;
    this.#metrics.connections.dec();
    this.#presence.disconnected(session.account);
  }

  /** Oldest first. */
  sessionsOf(account: string): readonly Session[] {
    return [...(this.#sessions.get(account) ?? [])];
  }

  has(account: string): boolean {
    return this.#sessions.has(account);
  }

  /** Whose presence the session shows; replaces the former list. */
  watch(session: Session, accounts: readonly string[]): void {
    for (const account of session.watched) take(this.#watchers, account, session);
    session.watched = accounts;
    for (const account of accounts) put(this.#watchers, account, session);
  }

  /** To every connection of every member: each viewer's frame is made once, whoever has how many connections; a group's, once for all. */
  deliver({ conversation, cid, members, seq, event, origin }: LogPublication): void {
    if (cid !== undefined) {
      const at = { conversation, seq };
      const data = Buffer.from(`{"t":"event","cid":"${cid}","event":${event}}`);
      for (const session of this.#sessionsIn(members)) if (session.connection !== origin) session.deliver(data, at);
      return;
    }
    for (const member of members) {
      const sessions = this.#sessions.get(member);
      if (!sessions) continue;
      const text = `{"t":"event","cid":"${cidFor(member, { members })}","event":${event}}`;
      const data = sessions.size > 1 ? Buffer.from(text) : text;
      for (const session of sessions) if (session.connection !== origin) session.deliver(data, { conversation, seq });
    }
  }

  *#sessionsIn(members: readonly string[]): Generator<Session> {
    for (const member of members) yield* this.#sessions.get(member) ?? [];
  }

  #deliverTyping({ cid, members, account, on }: Extract<Publication, { topic: 'typing' }>): void {
    const data = Buffer.from(encodeFrame({ t: 'user', event: { kind: 'typing', cid, account, on } }));
    for (const session of this.#sessionsIn(members)) if (session.account !== account) session.offer(data);
  }

  #receive(publication: Publication): void {
    switch (publication.topic) {
      case 'log':
        return this.deliver(publication);
      case 'user':
        return this.#deliverUser(publication);
      case 'presence':
        return this.#deliverPresence(publication);
      case 'typing':
        return this.#deliverTyping(publication);
      case 'account':
      case 'group':
        return undefined;
    }
  }

  #deliverUser({ account, event }: Extract<Publication, { topic: 'user' }>): void {
    const sessions = this.#sessions.get(account);
    if (!sessions) return;
    const data = Buffer.from(encodeFrame({ t: 'user', event }));
    for (const session of sessions)
      if ('u' in event) session.deliver(data);
      else session.offer(data);
  }

  #deliverPresence({ account, online, lastSeen }: Extract<Publication, { topic: 'presence' }>): void {
    const watchers = this.#watchers.get(account);
    if (!watchers) return;
    const event = { kind: 'presence' as const, account, online, ...(lastSeen !== undefined && { lastSeen }) };
    const data = Buffer.from(encodeFrame({ t: 'user', event }));
    for (const session of watchers) session.offer(data);
  }
}

function put(map: Map<string, Set<Session>>, key: string, session: Session): void {
  const set = map.get(key);
  if (set) set.add(session);
  else map.set(key, new Set([session]));
}

function take(map: Map<string, Set<Session>>, key: string, session: Session): boolean {
  const set = map.get(key);
  if (!set?.delete(session)) return false;
  if (set.size === 0) map.delete(key);
  return true;
}
