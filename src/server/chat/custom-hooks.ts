import { errorCodes } from '../../protocol/codes.js';
import type { ClientFrameOf } from '../../protocol/frames.js';
import type { Storage } from '../storage/storage.js';
import { ChatError } from './chat-error.js';
import type { Conversations } from './conversations.js';
import { wireMessage } from './log-event.js';

/** A custom message: its kind, and all of its JSON. Whoever sent it made it up: nothing of it may be believed. */
export type CustomMessage = {
  readonly from: string;
  /** The same however often it is offered: a client that has heard no answer sends it again. */
  readonly idClient: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** A custom message that is stored already. */
export type StoredCustomMessage = CustomMessage & { readonly seq: number; readonly time: number };

/** What a hook may know of the conversation that a message is for. */
export interface CustomConversation {
  readonly scene: 'p2p' | 'group';
  readonly members: readonly string[];
  /** Its custom messages from a `seq` on, oldest first. Nothing is stored between this answer and the hook's. */
  customMessages(from: number): Promise<readonly StoredCustomMessage[]>;
}

/**
 * Is asked for every custom message before it is stored; throws a `RefusedError` where it may not be. One message of a conversation at a
 * time, the next one only when this one is stored: what a hook has found out still holds then. (With several servers on one database each
 * keeps to that for itself: there a claim has to be decided by something that they share.)
 */
export type OnCustomMessage = (message: CustomMessage, conversation: CustomConversation) => void | Promise<void>;

/** A hook's way to say no; the sender is told so. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** A page of the log at a time, so that a long conversation costs no more memory than a short one. */
const pageSize = 200;

/** Has a hook look at custom messages on their way into the store. */
export class CustomHooks {
  readonly #hook: OnCustomMessage;
  readonly #storage: Storage;
  readonly #conversations: Conversations;
  /** The last one under way in each conversation. */
  readonly #turns = new Map<number, Promise<void>>();

  constructor(hook: OnCustomMessage, storage: Storage, conversations: Conversations) {
    this.#hook = hook;
    this.#storage = storage;
    this.#conversations = conversations;
  }

  /**
   * Stores a message by `post` when the hook lets it through.
   * @throws {ChatError} 403 for what it refuses, and as `post`
   */
  async through(from: string, frame: ClientFrameOf<'send'>, post: () => Promise<void>): Promise<void> {
    const message = customMessage(from, frame);
    // What is no custom message at all is refused where every body is checked.
    if (!message) return post();
    const { id, scene, members } = await this.#conversations.ensure(from, frame.cid);
    const conversation: CustomConversation = { scene, members, customMessages: (seq) => this.#customMessages(id, seq) };
    return this.#inTurn(id, async () => {
      try {
        await this.#hook(message, conversation);
      } catch (error) {
        throw error instanceof RefusedError ? new ChatError(errorCodes.forbidden, error.message) : error;
      }
      await post();
    });
  }

  async #inTurn(conversation: number, run: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(conversation);
    const mine = (before ?? Promise.resolve()).then(run);
    const settled = mine.catch(() => undefined);
    this.#turns.set(conversation, settled);
    try {
      await mine;
    } finally {
      if (this.#turns.get(conversation) === settled) this.#turns.delete(conversation);
    }
  }

  async #customMessages(conversation: number, from: number): Promise<StoredCustomMessage[]> {
    const found: StoredCustomMessage[] = [];
    for (let start = Math.max(1, from); ; start += pageSize) {
      const rows = await this.#storage.messages(conversation, start, start + pageSize - 1);
      for (const row of rows) {
        const wire = row.type === 'custom' ? wireMessage(row) : undefined;
        const custom = wire && customMessage(row.from, wire);
        if (custom) found.push({ ...custom, seq: row.seq, time: row.time });
      }
      if (rows.length < pageSize) return found;
    }
  }
}

function customMessage(
  from: string,
  { type, idClient, content }: { readonly type: string; readonly idClient: string; readonly content?: string },
): CustomMessage | undefined {
  if (type !== 'custom' || content === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(content);
    if (typeof data !== 'object' || data === null || !('kind' in data) || typeof data.kind !== 'string')
      return undefined;
    return { from, idClient, kind: data.kind, data };
  } catch {
    return undefined;
  }
}
