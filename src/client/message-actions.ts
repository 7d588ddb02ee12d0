import { errorCodes } from '../protocol/codes.js';
import type { ClientFrameOf } from '../protocol/frames.js';
import { limits } from '../protocol/limits.js';
import type { Message } from '../protocol/message.js';
import type { ConversationInfo } from '../protocol/model.js';
import type { ActBody, Cache, Meta } from './cache/cache.js';
import type { Commits } from './commits.js';
import { ChatError } from './errors.js';
import type { Outbox, Sendable } from './outbox.js';
import type { Requests } from './requests.js';
import type { Settings } from './options.js';
import { validFrame } from './send-frame.js';
import { withInfo, withoutDeleted } from './store/entry.js';
import type { ReadModel } from './store/read-model.js';
import { SingleMessages } from './single-messages.js';
import type { Sync } from './sync.js';

type Parts = {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly commits: Commits;
  readonly model: ReadModel;
  readonly requests: Requests;
  readonly sync: Sync;
  readonly outbox: Outbox;
};

type What = Pick<ClientFrameOf<'act'>, 'act' | 'content' | 'mentions' | 'emoji' | 'on'>;

/** What one does to a message that is there already. */
export class MessageActions {
  readonly single: SingleMessages;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.single = new SingleMessages(parts);
  }

  async edit(message: Message, content: string, mentions?: readonly string[]): Promise<void> {
    this.#mustBeOwn(message);
    if (message.type !== 'text' || message.recalled) throw impossible('only a text can be edited');
    if (!content.trim()) throw new ChatError(errorCodes.badParameter, 'there is nothing to send');
    const { outbox } = this.#parts;
    if (message.seq !== undefined)
      return this.#act(message, { act: 'edit', content, ...(mentions && { mentions: [...mentions] }) });
    if (!outbox.isUntold(message.idClient)) throw underWay();
    return outbox.rewrite(message.idClient, content, mentions);
  }

  async recall(message: Message): Promise<void> {
    this.#mustBeOwn(message);
    const { outbox } = this.#parts;
    if (message.seq !== undefined) return this.#act(message, { act: 'recall' });
    if (message.status !== 'fail' && !outbox.isUntold(message.idClient)) throw underWay();
    return outbox.discard(message.idClient);
  }

  async react(message: Message, emoji: string, on: boolean): Promise<void> {
    return this.#act(message, { act: 'react', emoji, on });
  }

  async pin(message: Message, on: boolean): Promise<void> {
    return this.#act(message, { act: 'pin', on });
  }

  async history(message: Message): Promise<readonly { readonly content: string; readonly time: number }[]> {
    const { conversationId: cid, seq, content = '', time } = message;
    if (seq === undefined) return [{ content, time }];
    return (await this.#parts.requests.ask<'edits'>({ t: 'edits', cid, seq })).edits;
  }

  /** What is not stored yet is given up. */
  async delete(cid: string, messages: readonly Message[]): Promise<void> {
    const { outbox, requests } = this.#parts;
    const seqs = messages.flatMap(({ seq }) => seq ?? []);
    for (const { idClient, seq } of messages) if (seq === undefined) await outbox.discard(idClient);
    for (let i = 0; i < seqs.length; i += limits.picked) {
      const some = seqs.slice(i, i + limits.picked);
      await requests.ask<'delete'>({ t: 'delete', cid, seqs: some });
      await this.deleted(cid, some);
    }
  }

  /** The account does not want to see these any more; `info`: the conversation without them, as the server has it. */
  deleted(
    cid: string,
    seqs: readonly number[],
    { meta, info }: { readonly meta?: Meta; readonly info?: ConversationInfo } = {},
  ): Promise<void> {
    const { commits, model, sync, settings } = this.#parts;
    const gone = new Set(seqs);
    sync.deleted(cid, seqs);
    return commits.add({
      cid,
      events: seqs.map((seq) => ({ kind: 'unknown', seq })),
      ...(meta && { meta }),
      entry: (known) => {
        if (!known) return undefined;
        const last = info && withInfo(undefined, info, settings.account).conversation.lastMsg;
        return withoutDeleted(info ? withInfo(known, info, settings.account) : known, gone, last);
      },
      apply: () => {
        model.change(cid, (timeline) => timeline.remove(gone));
        model.prune(cid);
      },
    });
  }

  async report(message: Message, reason: string): Promise<void> {
    const { conversationId: cid, seq } = message;
    if (seq === undefined) throw impossible('it is not stored yet');
    const { r: _, ...frame } = validFrame({ t: 'report', r: 0, cid, seq, reason });
    await this.#parts.requests.ask<'report'>(frame);
  }

  async forward(
    messages: readonly Message[],
    to: readonly string[],
    how: 'each' | 'merged',
    title = '',
  ): Promise<void> {
    const inOrder = [...messages].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    const [first] = inOrder;
    if (!first || to.length === 0) return;
    for (const message of inOrder)
      if (message.seq === undefined || message.recalled || message.type === 'notification')
        throw impossible('a message that is not stored, or not there any more, cannot be forwarded');
    if (how === 'each')
      return this.#parts.outbox.sendAll(to.flatMap((cid) => inOrder.map((message) => copyOf(cid, message))));
    if (inOrder.some(({ conversationId }) => conversationId !== first.conversationId))
      throw impossible('messages of one conversation only can be merged');
    const forward = { from: first.conversationId, seqs: inOrder.map(({ seq }) => seq!), title };
    for (const cid of to) validFrame({ t: 'forward', idClient: 'not-yet-made', cid, ...forward });
    return this.#parts.outbox.sendAll(to.map((cid) => ({ cid, forward })));
  }

  #act(message: Message, what: What): Promise<void> {
    const { conversationId: cid, seq: target, id, from, recalled, type } = message;
    if (target === undefined || id === undefined) throw impossible('it is not stored yet');
    if (recalled || type === 'notification') throw impossible('that cannot be done to this message');
    const frame = validFrame({ t: 'act', idClient: 'not-yet-made', cid, target, id, ...what });
    const { t: _t, idClient: _i, cid: _c, ...checked } = frame;
    return this.#parts.outbox.act(cid, { ...checked, from } satisfies ActBody);
  }

  #mustBeOwn({ from }: Message): void {
    if (from !== this.#parts.settings.account) throw impossible('the message is somebody else’s');
  }
}

/** A new message of one's own that says the same. One that holds others is copied by the server, which alone may make such. */
function copyOf(cid: string, message: Message): Sendable {
  const { conversationId: from, seq, type, content, file, location, custom, merged } = message;
  if (merged) return { cid, forward: { from, seqs: [seq!], title: merged.title } };
  const body = {
    ...(content !== undefined && { content }),
    ...(file && { file }),
    ...(location && { location }),
    ...(custom !== undefined && { custom }),
  };
  return { cid, draft: { type: type as NonNullable<Sendable['draft']>['type'] & string, ...body } };
}

function impossible(message: string): ChatError {
  return new ChatError(errorCodes.forbidden, message);
}

function underWay(): ChatError {
  return new ChatError(errorCodes.serverBusy, 'it is on its way to the server: in a moment');
}
