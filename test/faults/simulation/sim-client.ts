import { ChatClient } from '../../../src/client/chat-client.js';
import type { WebSocketConstructor } from '../../../src/client/options.js';
import type { Cache } from '../../../src/client/cache/cache.js';
import type { Message } from '../../../src/protocol/message.js';
import type { View, ViewRow } from '../check.js';
import { conversationKey, type History } from '../history.js';
import { editedText, firstText, stateOf } from './acted.js';
import { Host } from './host.js';
import type { World } from './world.js';

export type PageSetup = {
  /** `alice-1.2`: the second life of Alice's first page. */
  readonly name: string;
  readonly account: string;
  readonly partners: readonly string[];
  readonly cache: Cache | 'memory';
  readonly host: Host;
  readonly socket: WebSocketConstructor;
};

/** One life of a page: a real client on a host of its own, and everything it says noted down. */
export class Page {
  readonly name: string;
  readonly account: string;
  readonly partners: readonly string[];
  readonly host: Host;
  readonly client: ChatClient;
  /** Its database gave up: what it has not sent yet lives as long as the page. */
  inMemory = false;
  readonly #world: World;
  readonly #signals = new EventTarget();
  readonly #told = new Set<string>();
  readonly #marks = new Map<string, number>();
  #sent = 0;

  constructor(world: World, { name, account, partners, cache, host, socket }: PageSetup) {
    this.#world = world;
    this.name = name;
    this.account = account;
    this.partners = partners;
    this.host = host;
    this.client = new ChatClient({
      ...{ server: 'https://chat.example', account, cache, WebSocket: socket, locks: null, signals: this.#signals },
      getToken: (who, signal) => world.mint.give(host, who, signal),
      clock: host,
      random: world.dice.random,
      timing: world.options.timing,
    });
    this.#listen();
  }

  open(): void {
    this.client.connect();
    for (const partner of this.partners) void this.client.openTimeline(cidOf(partner));
  }

  send(partner: string): void {
    const { history, time } = this.#world;
    const content = `${this.name} #${++this.#sent}`;
    const { name, account } = this;
    const invoked = { client: name, account, conversation: conversationKey(account, partner), content };
    const number = history.invoke({ ...invoked, invokedAt: time.now() });
    this.#world.note(`${name} sends "${content}" to ${partner}`);
    this.client.send(cidOf(partner), { content }).then(
      ({ idClient }) => {
        if (history.find(idClient) === undefined) history.composed(number, idClient);
      },
      (error: unknown) => this.#world.problem(`${name} could not compose "${content}": ${String(error)}`),
    );
  }

  /** Its failed ones, offered again. */
  resend(times: number): void {
    for (const { idClient, status } of this.#messages()) {
      if (status !== 'fail') continue;
      this.#world.history.resent(idClient);
      for (let i = 0; i < times; i++) void this.client.resend(idClient);
    }
  }

  /** Does something to a message that it shows. */
  act(partner: string): void {
    const { dice } = this.#world;
    const cid = cidOf(partner);
    const stored = this.client.timeline(cid).messages.filter(({ seq, recalled }) => seq !== undefined && !recalled);
    if (stored.length === 0) return;
    // Mostly what is new, as people do.
    const message = stored[Math.max(0, stored.length - 1 - dice.int(0, dice.chance(0.7) ? 3 : stored.length))]!;
    const own = message.flow === 'out';
    const choice = dice.random();
    const emoji = dice.pick(['👍', '❤️', '😂']);
    if (own) this.#know(message);
    const done =
      choice < 0.25 && own
        ? this.client.edit(message, editedText(message.content ?? '', dice.int(1, 1_000)))
        : choice < 0.4 && own
          ? this.client.recall(message)
          : choice < 0.5
            ? this.client.pin(message, dice.chance(0.6))
            : choice < 0.55
              ? this.client.deleteForMe(cid, [message])
              : this.client.react(message, emoji, dice.chance(0.7));
    this.#world.note(`${this.name} does something (${choice.toFixed(2)}) to ${message.seq} of ${partner}`);
    done.catch((error: unknown) => this.#world.note(`${this.name} could not: ${String(error)}`));
  }

  /** The device woke, or the network came back. */
  wake(): void {
    this.host.run(() => this.#signals.dispatchEvent(new Event('online')));
  }

  /** Whether the whole of each log is shown, and nothing waits. */
  get settled(): boolean {
    return this.client.connection.state === 'connected' && this.#messages().every(({ status }) => status !== 'sending');
  }

  /** Loads what is not shown yet. */
  async loadAll(): Promise<void> {
    for (const partner of this.partners) {
      const cid = cidOf(partner);
      await this.client.openTimeline(cid);
      for (let left = 50; left > 0 && this.client.timeline(cid).hasNewer; left--) await this.client.loadNewer(cid);
      for (let left = 50; left > 0 && this.client.timeline(cid).hasOlder; left--) await this.client.loadOlder(cid);
    }
  }

  views(fresh: boolean): View[] {
    return this.partners.map((partner): View => {
      const conversation = this.client.conversation(cidOf(partner));
      const { messages } = this.client.timeline(cidOf(partner));
      return {
        ...{ client: this.name, account: this.account, conversation: conversationKey(this.account, partner), fresh },
        rows: messages.map((message) => rowOf(this.#world.history, message)),
        last: lastOf(conversation?.lastMsg),
        unread: conversation?.unread ?? 0,
        readSeq: conversation?.readSeq ?? 0,
        outbox: messages.filter(({ status }) => status === 'sending').map(({ idClient }) => idClient),
      };
    });
  }

  #messages(): Message[] {
    return this.partners.flatMap((partner) => [...this.client.timeline(cidOf(partner)).messages]);
  }

  /** An earlier life of a page may have written it and died before it told the id; later nothing may tell what it was. */
  #know({ idClient, content = '' }: Message): void {
    const { history } = this.#world;
    if (!history.find(idClient)) history.composedAs(firstText(content), idClient);
  }

  #listen(): void {
    const { client, name } = this;
    const { history, time } = this.#world;
    const own = (message: Message): string => {
      // An earlier life of the page may have written it and died before it told the id.
      this.#know(message);
      return message.idClient;
    };
    client.on('send', ({ message }) => {
      const { id = '', seq = 0, time: at } = message;
      this.#world.note(`${name} has "${message.content}" acked at ${seq}`);
      const epoch = this.#world.epochOf(this.account, message.to, { id, seq });
      history.ok(own(message), time.now(), { id, seq, time: at, epoch });
    });
    client.on('send-fail', ({ message, error }) => {
      this.#world.note(`${name} has "${message.content}" refused: ${error.code}`);
      history.failed(own(message), time.now(), error.code);
    });
    client.on('message', ({ message: { id = '', content = '' } }) => {
      if (this.#told.has(id)) this.#world.problem(`${name} was told of "${content}" twice`);
      this.#told.add(id);
    });
    client.on('conversations', () => this.#watchMarks());
    client.on('connection', (state) => this.#world.note(`${name} is ${JSON.stringify(state)}`));
    client.on('error', ({ error }) => {
      if (error.name === 'CacheError') this.inMemory = true;
      this.#world.note(`${name} says ${error.name}: ${error.message}`);
    });
  }

  /** A read mark goes forward only, as long as the history is the same. */
  #watchMarks(): void {
    for (const { id, readSeq } of this.client.conversations()) {
      const before = this.#marks.get(id) ?? 0;
      if (readSeq < before && this.#world.resets === 0)
        this.#world.problem(`${this.name} saw its read mark of ${id} go from ${before} back to ${readSeq}`);
      this.#marks.set(id, readSeq);
    }
  }
}

export const cidOf = (partner: string): string => `p2p-${partner}`;

function rowOf(history: History, message: Message): ViewRow {
  const { seq, id, idClient, from, status } = message;
  const content = history.find(idClient)?.content ?? firstText(message.content ?? '');
  const place = { ...(seq !== undefined && { seq }), ...(id !== undefined && { id }) };
  return { ...place, idClient, from, content, status, ...(status === 'success' && { state: stateOf(message) }) };
}

function lastOf(message: Message | undefined): string {
  return message ? `${message.seq} ${stateOf(message)}` : 'nothing';
}
