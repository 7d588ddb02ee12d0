import type { Conversation } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';

/** What of a conversation was new when it was opened, and what has been in view since. */
export class Reading {
  /** The number beyond which messages are new; `undefined` until that is known. */
  #newAfter: number | undefined;
  /** The highest number that has been in view. */
  #seen = 0;

  get begun(): boolean {
    return this.#newAfter !== undefined;
  }

  reset(): void {
    this.#newAfter = undefined;
  }

  /** Takes the read marker as it is now; does nothing yet when the unread messages are still `toCome`. */
  begin(messages: readonly Message[], conversation: Conversation | undefined, toCome: boolean): void {
    const { unread = 0, readSeq = 0, lastSeq = 0 } = conversation ?? {};
    if (unread > 0 && toCome && firstBeyond(messages, readSeq) < 0) return;
    this.#newAfter = unread > 0 ? readSeq : Infinity;
    this.#seen = unread > 0 ? readSeq : lastSeq;
  }

  /** Index of the first new message; −1 where there is none, or where it lies before what is loaded. */
  firstNew(messages: readonly Message[], hasOlder: boolean): number {
    const newAfter = this.#newAfter ?? Infinity;
    const first = firstBeyond(messages, newAfter);
    return first === 0 && hasOlder && messages[0]!.seq !== newAfter + 1 ? -1 : first;
  }

  see(message: Message | undefined): void {
    this.#seen = Math.max(this.#seen, message?.seq ?? 0);
  }

  /** How many of others' messages have not been in view. */
  unseen(messages: readonly Message[]): number {
    let count = 0;
    for (let i = messages.length - 1; i >= 0 && !(messages[i]!.seq! <= this.#seen); i--)
      if (messages[i]!.flow === 'in') count++;
    return count;
  }
}

function firstBeyond(messages: readonly Message[], readSeq: number): number {
  let first = -1;
  // What has no number yet is one's own and newer than all.
  for (let i = messages.length - 1; i >= 0 && !(messages[i]!.seq! <= readSeq); i--)
    if (messages[i]!.flow === 'in') first = i;
  return first;
}
