import { hash, randomUUID } from 'node:crypto';
import type { ClientFrameOf } from '../../protocol/frames.js';
import type { Bus } from '../bus/bus.js';
import type { AppendedMessage, MessageRow, Storage } from '../storage/storage.js';
import type { Conversation, Conversations } from './conversations.js';
import { logEventJson } from './log-event.js';
import { messageBody } from './message-body.js';

/** Writing messages and reading them again. */
export class Messages {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #now: () => number;

  constructor(storage: Storage, bus: Bus, conversations: Conversations, now: () => number) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#now = now;
  }

  /**
   * Stores a message and tells the others; resolves after the commit. Nothing is awaited before the store has it where the
   * conversation is known, so that many messages share a commit and one sender's keep their order.
   * @param origin the connection it came by, which hears by its ack
   * @throws {ChatError}
   */
  post(from: string, frame: ClientFrameOf<'send'>, origin: string): Promise<AppendedMessage> {
    const body = messageBody(frame);
    const known = this.#conversations.peek(from, frame.cid);
    if (known) return this.#append(known, from, frame, body, origin);
    return this.#conversations
      .ensure(from, frame.cid)
      .then((conversation) => this.#append(conversation, from, frame, body, origin));
  }

  /** Messages with `from <= seq <= to`, ascending. */
  range(conversation: number, from: number, to: number): Promise<MessageRow[]> {
    return from > to ? Promise.resolve([]) : this.#storage.messages(conversation, from, to);
  }

  /** The highest `seq`, 0 for an empty conversation. */
  async head(conversation: number): Promise<number> {
    return (await this.#storage.heads([conversation])).get(conversation) ?? 0;
  }

  #append(
    conversation: Conversation,
    from: string,
    { idClient, type }: ClientFrameOf<'send'>,
    body: string,
    origin: string,
  ): Promise<AppendedMessage> {
    const message = {
      conversation: conversation.id,
      from,
      idClient,
      id: randomUUID(),
      type,
      body,
      fingerprint: hash('sha256', `${conversation.id} ${type} ${body}`),
      time: this.#now(),
      counts: true,
    };
    return this.#storage.append(message).then((appended) => {
      const { id, seq, n, time, dup } = appended;
      if (!dup) this.#publish(conversation, { seq, n, id, idClient, from, type, body, time }, origin);
      return appended;
    });
  }

  #publish({ id, scene, members }: Conversation, row: MessageRow, origin: string): void {
    this.#bus.publish({
      topic: 'log',
      conversation: id,
      scene,
      members,
      seq: row.seq,
      event: logEventJson(row),
      origin,
    });
  }
}
