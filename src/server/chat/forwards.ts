import { hash } from 'node:crypto';
import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf } from '../../protocol/frames.js';
import { limits } from '../../protocol/limits.js';
import type { Merged, MergedMessage } from '../../protocol/model.js';
import type { AppendedMessage, MessageRow } from '../storage/storage.js';
import type { Accounts } from './accounts.js';
import type { Attachments } from './attachments.js';
import { ChatError, notFound } from './chat-error.js';
import type { Conversations } from './conversations.js';
import { wireMessage } from './log-event.js';
import type { Messages } from './messages.js';

/** Several messages merged into one. What it holds comes from the store, so that nobody can put words into another's mouth. */
export class Forwards {
  readonly #accounts: Accounts;
  readonly #conversations: Conversations;
  readonly #attachments: Attachments;
  readonly #messages: Messages;

  constructor(accounts: Accounts, conversations: Conversations, attachments: Attachments, messages: Messages) {
    this.#accounts = accounts;
    this.#conversations = conversations;
    this.#attachments = attachments;
    this.#messages = messages;
  }

  /**
   * @returns the event, which its sender cannot know
   * @throws {ChatError} 404 for a source that one has no part in, or where nothing of it is left; 405 for too much
   */
  async forward(
    account: string,
    { idClient, cid, from, seqs, title }: ClientFrameOf<'forward'>,
    origin: string,
    ack: (appended: AppendedMessage) => void,
  ): Promise<string | undefined> {
    const source = await this.#conversations.find(account, from);
    if (!source) throw notFound('message');
    const rows = await this.#messages.picked(source, [...new Set(seqs)], account);
    const merged = this.#copied(rows) ?? { title, messages: await this.#snapshot(rows) };
    if (merged.messages.length === 0) throw notFound('message');
    const body = JSON.stringify({ merged });
    if (Buffer.byteLength(body) > limits.mergedBytes)
      throw new ChatError(errorCodes.tooLong, 'that is too much for one message: forward fewer, or one by one');
    const conversation = await this.#conversations.ensure(account, cid);
    await this.#attachments.share(account, conversation.id, merged);
    const fingerprint = hash('sha256', JSON.stringify([conversation.id, source.id, [...seqs], title]));
    return this.#messages.store(
      conversation,
      { from: account, idClient, type: 'merged', body, fingerprint },
      origin,
      ack,
    );
  }

  /** One that is merged already goes on as it is. */
  #copied(rows: readonly MessageRow[]): Merged | undefined {
    return rows.length === 1 ? wireMessage(rows[0]!)?.merged : undefined;
  }

  /** What was said, and by whom. A merged message in it is there by its title only; what was recalled is not there. */
  async #snapshot(rows: readonly MessageRow[]): Promise<MergedMessage[]> {
    const wires = rows
      .flatMap((row) => wireMessage(row) ?? [])
      .filter(({ recalled, type }) => !recalled && type !== 'notification');
    const profiles = await this.#accounts.profiles(wires.map(({ from }) => from));
    const names = new Map(profiles.map(({ account, name }) => [account, name]));
    return wires.map(({ from, time, type, content, file, location, custom, merged }): MergedMessage => {
      const said = merged ? merged.title : content;
      return {
        from,
        name: (names.get(from) ?? from).slice(0, limits.name),
        time,
        type,
        ...(said !== undefined && { content: said }),
        ...(file && { file }),
        ...(location && { location }),
        ...(custom !== undefined && { custom }),
      };
    });
  }
}
