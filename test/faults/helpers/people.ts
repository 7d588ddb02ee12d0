import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import { Jwt } from '../../../src/server/auth/jwt.js';
import { until } from '../../client/helpers/until.js';
import { testApp } from '../../helpers/chat-server.js';
import type { View } from '../check.js';
import { conversationKey, History } from '../history.js';

const accounts = ['alice', 'bob', 'carol', 'dave'];
/** Alice has two. */
const tabs = ['alice', ...accounts];
/** Short waits, so that a fault is over soon; what is tested does not depend on them. */
const timing = { reconnectMin: 20, reconnectMax: 200, ack: 1_000, handshake: 5_000 };
/** Unsent messages of one client beyond which it waits: nobody writes on for long while nothing goes out. */
const mostUnsent = 12;

/** Every pair of these people has a conversation. */
export const pairs: readonly (readonly [string, string])[] = accounts.flatMap((a, i) =>
  accounts.slice(i + 1).map((b) => [a, b] as const),
);

type Person = { readonly name: string; readonly client: ChatClient; readonly unsent: Set<string> };

/** Real clients that write to one another whatever becomes of their server, and the history of it. */
export class People {
  readonly history = new History();
  readonly #server: string;
  readonly #random: () => number;
  readonly #people: readonly Person[];
  /** The highest number that was acked, by conversation. */
  readonly #heads = new Map<string, number>();
  #acked = 0;
  #written = 0;
  #writing: Promise<unknown> | undefined;
  #stopped = true;

  constructor(server: string, random: () => number) {
    this.#server = server;
    this.#random = random;
    this.#people = tabs.map((account, i) => this.#person(`${account}-${i}`, account));
  }

  /** Acks that came so far. */
  get acked(): number {
    return this.#acked;
  }

  /** Resolves when all are there and have opened every conversation. */
  async connect(): Promise<void> {
    await Promise.all(this.#people.map(({ client }) => this.#open(client)));
  }

  /** Starts writing; everybody at his or her own pace. */
  write(): void {
    this.#stopped = false;
    this.#writing = Promise.all(this.#people.map((person) => this.#writeOn(person)));
  }

  async rest(): Promise<void> {
    this.#stopped = true;
    await this.#writing;
  }

  /** Resolves when everybody is connected, and has everything that was acked before the call, own and others'. */
  async converged(): Promise<void> {
    const due = new Set(this.#people.flatMap(({ unsent }) => [...unsent]));
    await Promise.all(
      this.#people.map(({ client, unsent }) =>
        until(client, () => client.connection.state === 'connected' && ![...unsent].some((id) => due.has(id))),
      ),
    );
    const heads = new Map(this.#heads);
    await Promise.all(this.#people.map(({ client }) => hasHeads(client, heads)));
  }

  /** Resolves when nobody is connected any more. */
  async alone(): Promise<void> {
    await Promise.all(this.#people.map(({ client }) => until(client, () => client.connection.state !== 'connected')));
  }

  /** What each of them shows of each conversation, and what somebody would see who knew nothing before. */
  async views(): Promise<View[]> {
    await this.converged();
    const readers = this.#people.map(({ name, client }) => ({ name, client, fresh: false }));
    for (const account of accounts)
      readers.push({ name: `${account}, fresh`, client: this.#client(account), fresh: true });
    for (const { client, fresh } of readers) if (fresh) await this.#open(client);
    const views = await Promise.all(readers.map(({ name, client, fresh }) => viewsOf(name, client, fresh)));
    for (const { client, fresh } of readers) if (fresh) await client.close();
    return views.flat();
  }

  async close(): Promise<void> {
    await this.rest();
    await Promise.all(this.#people.map(({ client }) => client.close()));
  }

  #client(account: string): ChatClient {
    const jwt = new Jwt(testApp.secret, () => Date.now());
    return new ChatClient({
      server: this.#server,
      account,
      getToken: () => jwt.sign(account, 3_600),
      cache: 'memory',
      WebSocket,
      timing,
      random: this.#random,
    });
  }

  #person(name: string, account: string): Person {
    const client = this.#client(account);
    const unsent = new Set<string>();
    client.on('send', ({ message: { idClient, id, seq, time, to } }) => {
      unsent.delete(idClient);
      if (id === undefined || seq === undefined) return;
      const conversation = conversationKey(account, to);
      this.#acked++;
      this.#heads.set(conversation, Math.max(seq, this.#heads.get(conversation) ?? 0));
      this.history.ok(idClient, performance.now(), { id, seq, time });
    });
    client.on('send-fail', ({ message: { idClient }, error: { code } }) => {
      unsent.delete(idClient);
      this.history.failed(idClient, performance.now(), code);
    });
    return { name, client, unsent };
  }

  async #open(client: ChatClient): Promise<void> {
    client.connect();
    await until(client, () => client.connection.state === 'connected');
    await Promise.all(others(client.account).map((other) => client.openTimeline(`p2p-${other}`)));
  }

  async #writeOn({ name, client, unsent }: Person): Promise<void> {
    const { account } = client;
    while (!this.#stopped) {
      if (unsent.size < mostUnsent) {
        const other = others(account)[Math.floor(this.#random() * (accounts.length - 1))]!;
        const conversation = conversationKey(account, other);
        const content = `${name} ${++this.#written}`;
        const send = { client: name, account, conversation, content, invokedAt: performance.now() };
        const number = this.history.invoke(send);
        const { idClient } = await client.send(`p2p-${other}`, { content });
        unsent.add(idClient);
        this.history.composed(number, idClient);
      }
      await pause(this.#random() * 20);
    }
  }
}

const others = (account: string): string[] => accounts.filter((other) => other !== account);

async function hasHeads(client: ChatClient, heads: ReadonlyMap<string, number>): Promise<void> {
  for (const other of others(client.account)) {
    const head = heads.get(conversationKey(client.account, other)) ?? 0;
    const last = (): number =>
      client.timeline(`p2p-${other}`).messages.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
    await until(client, () => last() >= head, `${client.account} has ${head} of ${other}`);
  }
}

async function viewsOf(name: string, client: ChatClient, fresh: boolean): Promise<View[]> {
  const views: View[] = [];
  for (const other of others(client.account)) {
    const cid = `p2p-${other}`;
    while (client.timeline(cid).hasNewer) await client.loadNewer(cid);
    while (client.timeline(cid).hasOlder) await client.loadOlder(cid);
    const rows = client.timeline(cid).messages.map(({ seq, id, idClient, from, content = '', status }) => ({
      ...(seq !== undefined && { seq }),
      ...(id !== undefined && { id }),
      ...{ idClient, from, content, status },
    }));
    const outbox = rows.filter(({ status }) => status === 'sending').map(({ idClient }) => idClient);
    const { account } = client;
    const conversation = conversationKey(account, other);
    views.push({ client: name, account, conversation, rows, outbox, fresh });
  }
  return views;
}
