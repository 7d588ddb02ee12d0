import { hash, randomUUID } from 'node:crypto';
import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf, Features } from '../../protocol/frames.js';
import type { Bus } from '../bus/bus.js';
import type {
  ActOutcome,
  ActRefusal,
  AppendedMessage,
  Edit,
  MessageRow,
  NewAction,
  Storage,
} from '../storage/storage.js';
import { ChatError, notFound } from './chat-error.js';
import { sinceOf, type Conversation, type Conversations } from './conversations.js';
import { storedEventJson, wireMessage } from './log-event.js';

type Frame = ClientFrameOf<'act'>;

/** What depends on somebody's place in a conversation; a group has rules of its own. */
export interface ActionRules {
  /** Whether the account may take back what others wrote, whenever that was. */
  mayRecallOthers(account: string, conversation: Conversation): boolean | Promise<boolean>;
  mayPin(account: string, conversation: Conversation): boolean | Promise<boolean>;
}

const refusals: Readonly<Record<ActRefusal, () => ChatError>> = {
  absent: () => notFound('message'),
  notForThis: () => new ChatError(errorCodes.forbidden, 'that cannot be done to this message'),
  notYours: () => new ChatError(errorCodes.forbidden, 'the message is somebody else’s'),
  tooLate: () => new ChatError(errorCodes.tooLate, 'the message is too old for that'),
  tooManyEmoji: () => new ChatError(errorCodes.forbidden, 'the message has as many different reactions as it may have'),
  tooManyReactions: () => new ChatError(errorCodes.forbidden, 'the message has as many reactions as it may have'),
  tooManyPins: () => new ChatError(errorCodes.forbidden, 'as many messages are pinned here as may be'),
};

/** What one does to a message that everybody sees: edits, recalls, reactions, pins. */
export class Actions {
  readonly #storage: Storage;
  readonly #bus: Bus;
  readonly #conversations: Conversations;
  readonly #features: Features;
  readonly #rules: ActionRules;
  readonly #now: () => number;

  constructor(
    storage: Storage,
    bus: Bus,
    conversations: Conversations,
    { features, rules, now }: { features: Features; rules: ActionRules; now: () => number },
  ) {
    this.#storage = storage;
    this.#bus = bus;
    this.#conversations = conversations;
    this.#features = features;
    this.#rules = rules;
    this.#now = now;
  }

  /**
   * Stores it, then has it acked, then tells the others; as a message.
   * @param origin the connection it came by, which hears by its ack
   * @throws {ChatError} 404 for what one has no part in or is not there, 403 for what one may not do, 508 for what is too late
   */
  async act(from: string, frame: Frame, origin: string, ack: (appended: AppendedMessage) => void): Promise<void> {
    const conversation = await this.#conversations.find(from, frame.cid);
    if (!conversation || frame.target <= sinceOf(conversation, from)) throw notFound('message');
    const { idClient, target, id: targetId } = frame;
    const act = await this.#actOf(from, conversation, frame);
    const { withinMs: _, others: _o, ...said } = { withinMs: 0, others: false, ...act };
    const outcome = await this.#storage.act({
      conversation: conversation.id,
      from,
      idClient,
      id: randomUUID(),
      fingerprint: hash('sha256', JSON.stringify([conversation.id, target, targetId, said])),
      time: this.#now(),
      target,
      targetId,
      act,
    });
    if ('refused' in outcome) throw refusals[outcome.refused]();
    ack(outcome);
    if (outcome.dup) return;
    this.#publish(conversation, outcome, origin);
    // What it says now is what it is found by. Should this come to nothing, it is not found by its new words.
    if (act.kind === 'edit' || act.kind === 'recall')
      await this.#storage.reindex(conversation.id, target).catch(ignore);
  }

  /** @throws {ChatError} 404 */
  async edits(account: string, cid: string, seq: number): Promise<Edit[]> {
    const { conversation, row } = await this.#message(account, cid, seq);
    const edits = await this.#storage.edits(conversation.id, seq);
    if (edits.length > 0) return edits;
    return [{ content: wireMessage(row)?.content ?? '', time: row.time }];
  }

  /** The pinned ones that the account can see, newest pin first. @throws {ChatError} 404 */
  async pins(account: string, cid: string): Promise<MessageRow[]> {
    const conversation = await this.#conversations.find(account, cid);
    if (!conversation) return [];
    const since = sinceOf(conversation, account);
    return (await this.#storage.pins(conversation.id, account)).filter(({ hidden, seq }) => !hidden && seq > since);
  }

  async #message(account: string, cid: string, seq: number): Promise<{ conversation: Conversation; row: MessageRow }> {
    const conversation = await this.#conversations.find(account, cid);
    const [row] = conversation ? await this.#storage.picked(conversation.id, [seq], account) : [];
    if (!conversation || !row || row.hidden || seq <= sinceOf(conversation, account)) throw notFound('message');
    return { conversation, row };
  }

  async #actOf(from: string, conversation: Conversation, frame: Frame): Promise<NewAction['act']> {
    const { act, content, mentions, emoji, on } = frame;
    switch (act) {
      case 'edit':
        if (!content?.trim()) throw bad('an edit needs content');
        return { kind: 'edit', content, ...(mentions && { mentions }), withinMs: this.#features.editMs };
      case 'recall': {
        const others = await this.#rules.mayRecallOthers(from, conversation);
        return { kind: 'recall', withinMs: this.#features.recallMs, others };
      }
      case 'react':
        if (emoji === undefined || on === undefined) throw bad('a reaction needs emoji and on');
        return { kind: 'reaction', emoji, on };
      case 'pin':
        if (on === undefined) throw bad('a pin needs on');
        if (!(await this.#rules.mayPin(from, conversation)))
          throw new ChatError(errorCodes.forbidden, 'one may not pin messages here');
        return { kind: 'pin', on };
    }
  }

  #publish(
    { id, scene, cid, members }: Conversation,
    { row }: Extract<ActOutcome, { row: MessageRow }>,
    origin: string,
  ): void {
    const { seq } = row;
    const common = cid === undefined ? {} : { cid };
    const event = storedEventJson(row);
    this.#bus.publish({ topic: 'log', conversation: id, scene, ...common, members, seq, event, origin });
  }
}

function bad(message: string): ChatError {
  return new ChatError(errorCodes.badParameter, message);
}

function ignore(): void {
  // The caller has been told what it needs to know.
}
