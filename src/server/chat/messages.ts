import { hash, randomUUID } from 'node:crypto';
import type { ClientFrameOf } from '../../protocol/frames.js';
import type { Bus } from '../bus/bus.js';
import type { Failpoints } from '../failpoints.js';
import type { AppendedMessage, MessageRow, NewMessage, Storage } from '../storage/storage.js';
import type { Conversation, Conversations } from './conversations.js';
import { formRules } from '../../protocol/group-forms.js';
import type { Groups } from './groups/groups.js';
import { Roster } from './groups/roster.js';
import { logEventJson } from './log-event.js';
import { messageBody } from './message-body.js';

type Ack = (appended: AppendedMessage) => void;

/** Writing messages and reading them again. */
export class Messages {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #groups: Groups;
  readonly #now: () => number;
  readonly #failpoints: Failpoints | undefined;

  constructor(
    storage: Storage,
    bus: Bus,
    conversations: Conversations,
    groups: Groups,
    now: () => number,
    failpoints: Failpoints | undefined,
  ) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#groups = groups;
    this.#now = now;
    this.#failpoints = failpoints;
  }

  /**
   * Stores a message, then has it acked, then tells the others. Nothing is awaited before the store has it where the conversation
   * is known, so that many messages share a commit and one sender's keep their order; nor between ack and publication, so
   * that a connection gets the acks and events of one commit in the order of their numbers.
   * @param origin the connection it came by, which hears by its ack
   * @param ack called after the commit
   * @throws {ChatError}
   */
  post(from: string, frame: ClientFrameOf<'send'>, origin: string, ack: Ack): Promise<void> {
    const body = messageBody(frame);
    const known = this.#conversations.peek(from, frame.cid);
    if (known) return this.#append(known, from, frame, body, origin, ack);
    return this.#conversations
      .ensure(from, frame.cid)
      .then((conversation) => this.#append(conversation, from, frame, body, origin, ack));
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
    frame: ClientFrameOf<'send'>,
    body: string,
    origin: string,
    ack: Ack,
  ): Promise<void> {
    const { idClient, type, mentions } = frame;
    if (conversation instanceof Roster) this.#groups.demandPost(conversation, from, frame);
    const message = {
      conversation: conversation.id,
      from,
      idClient,
      id: randomUUID(),
      type,
      body,
      fingerprint: hash('sha256', `${conversation.id} ${type} ${body}`),
      time: this.#now(),
      counts: !(conversation instanceof Roster) || formRules[conversation.group.form].unread,
    };
    if (this.#failpoints) return this.#appendInSteps(this.#failpoints, conversation, message, origin, ack);
    return this.#storage.append(message).then((appended) => {
      ack(appended);
      this.#tell(conversation, message, appended, origin);
      if (conversation instanceof Roster && mentions && !appended.dup)
        return this.#mention(conversation, appended.seq, mentions);
      return undefined;
    });
  }

  /** Only a mark in the list: the message itself says whom it mentions, and is stored already. */
  async #mention(roster: Roster, seq: number, mentions: readonly string[]): Promise<void> {
    const accounts = roster.mentionable(mentions);
    if (accounts.length > 0) await this.#storage.addMentions(roster.id, seq, accounts).catch(() => undefined);
  }

  /** The same with the places between, where a test may have ordered a fault. */
  async #appendInSteps(
    failpoints: Failpoints,
    conversation: Conversation,
    message: NewMessage,
    origin: string,
    ack: Ack,
  ): Promise<void> {
    await failpoints.reach('before-store');
    const appended = await this.#storage.append(message);
    await failpoints.reach('after-commit');
    ack(appended);
    await failpoints.reach('after-ack');
    this.#tell(conversation, message, appended, origin);
    await failpoints.reach('after-publish');
  }

  #tell(conversation: Conversation, message: NewMessage, appended: AppendedMessage, origin: string): void {
    const { id, seq, n, time, dup } = appended;
    const { from, idClient, type, body } = message;
    if (!dup) this.#publish(conversation, { seq, n, id, idClient, from, type, body, time }, origin);
  }

  #publish({ id, scene, cid, members }: Conversation, row: MessageRow, origin: string): void {
    this.#bus.publish({
      topic: 'log',
      conversation: id,
      scene,
      ...(cid !== undefined && { cid }),
      members,
      seq: row.seq,
      event: logEventJson(row),
      origin,
    });
  }
}
