import { hash, randomUUID } from 'node:crypto';
import { isAction } from '../../protocol/actions.js';
import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf } from '../../protocol/frames.js';
import type { FileInfo } from '../../protocol/model.js';
import type { Bus } from '../bus/bus.js';
import type { Failpoints } from '../failpoints.js';
import type { AppendedMessage, MessageRow, NewMessage, Storage } from '../storage/storage.js';
import type { Attachments } from './attachments.js';
import { ChatError } from './chat-error.js';
import { sinceOf, type Conversation, type Conversations } from './conversations.js';
import { logEventJson, storedEventJson } from './log-event.js';
import { formRules } from '../../protocol/group-forms.js';
import type { Groups } from './groups/groups.js';
import { Roster } from './groups/roster.js';
import { messageBody } from './message-body.js';

type Ack = (appended: AppendedMessage, file?: FileInfo) => void;

/** Writing messages and reading them again. */
export class Messages {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #attachments: Attachments;
  /** Sender and conversation → what waits there for its file to be looked up: later messages stay behind it. */
  readonly #lookUps = new Map<string, Promise<void>>();
  readonly #groups: Groups;
  readonly #now: () => number;
  readonly #failpoints: Failpoints | undefined;

  constructor(
    storage: Storage,
    bus: Bus,
    conversations: Conversations,
    { attachments, groups }: { attachments: Attachments; groups: Groups },
    now: () => number,
    failpoints: Failpoints | undefined,
  ) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#attachments = attachments;
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
    const turn = `${from} ${frame.cid}`;
    if (frame.file || frame.replyTo !== undefined || this.#lookUps.has(turn))
      return this.#postInTurn(turn, from, frame, origin, ack);
    const body = messageBody(frame);
    const known = this.#conversations.peek(from, frame.cid);
    if (known) return this.#append(known, from, frame, body, origin, ack);
    return this.#conversations
      .ensure(from, frame.cid)
      .then((conversation) => this.#append(conversation, from, frame, body, origin, ack));
  }

  /** A message that names something which has to be looked up first, or one that came behind such a one. */
  #postInTurn(turn: string, from: string, frame: ClientFrameOf<'send'>, origin: string, ack: Ack): Promise<void> {
    const post = async (): Promise<{ stored: Promise<void> }> => {
      const conversation = await this.#conversations.ensure(from, frame.cid);
      if (frame.replyTo !== undefined && frame.replyTo > (await this.head(conversation.id)))
        throw new ChatError(errorCodes.badParameter, 'replyTo names no message');
      demandPost(this.#groups, conversation, from, frame);
      const file = frame.file && (await this.#attachments.resolve(from, conversation.id, frame));
      const body = messageBody({ ...frame, ...(file && { file }) });
      // Handed over, not waited for: that is all that those behind it need.
      return { stored: this.#append(conversation, from, frame, body, origin, (appended) => ack(appended, file)) };
    };
    const posted = (this.#lookUps.get(turn) ?? Promise.resolve()).then(post);
    const settled: Promise<void> = posted.then(
      () => undefined,
      () => undefined,
    );
    this.#lookUps.set(turn, settled);
    void settled.then(() => this.#lookUps.get(turn) === settled && this.#lookUps.delete(turn));
    return posted.then(({ stored }) => stored);
  }

  /**
   * Stores what the server itself has put together in somebody's name, under the sender's `idClient`. `fingerprint`: of what the sender
   * asked for, since what is put together may differ the next time.
   * @returns the log's event, also of a repeat
   */
  async store(
    conversation: Conversation,
    given: Pick<NewMessage, 'from' | 'idClient' | 'type' | 'body' | 'fingerprint'>,
    origin: string,
    ack: Ack,
  ): Promise<string | undefined> {
    const { id } = conversation;
    demandPost(this.#groups, conversation, given.from, {});
    const counts = countsAsUnread(conversation);
    const message = { ...given, conversation: id, id: randomUUID(), time: this.#now(), counts };
    const appended = await this.#storage.append(message);
    ack(appended);
    this.#tell(conversation, message, appended, origin);
    const [row] = await this.#storage.messages(id, appended.seq, appended.seq, given.from);
    return row && storedEventJson(row);
  }

  /** Rows of the log with `from <= seq <= to`, ascending, as `viewer` sees them. */
  range(conversation: number, from: number, to: number, viewer?: string): Promise<MessageRow[]> {
    return from > to ? Promise.resolve([]) : this.#storage.messages(conversation, from, to, viewer);
  }

  /** Those of the named messages that the viewer can see, ascending. */
  async picked(conversation: Conversation, seqs: readonly number[], viewer: string): Promise<MessageRow[]> {
    const rows = await this.#storage.picked(conversation.id, seqs, viewer);
    const since = sinceOf(conversation, viewer);
    return rows.filter(({ hidden, type, seq }) => !hidden && seq > since && !isAction({ kind: type }));
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
    demandPost(this.#groups, conversation, from, frame);
    const message = {
      conversation: conversation.id,
      from,
      idClient,
      id: randomUUID(),
      type,
      body,
      fingerprint: hash('sha256', `${conversation.id} ${type} ${body}`),
      time: this.#now(),
      counts: countsAsUnread(conversation),
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

/** @throws {ChatError} where the group does not let the account write */
function demandPost(
  groups: Groups,
  conversation: Conversation,
  from: string,
  frame: Pick<ClientFrameOf<'send'>, 'mentions'>,
): void {
  if (conversation instanceof Roster) groups.demandPost(conversation, from, frame);
}

function countsAsUnread(conversation: Conversation): boolean {
  return !(conversation instanceof Roster) || formRules[conversation.group.form].unread;
}
