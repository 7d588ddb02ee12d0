import type { Message } from '../../protocol/message.js';
import { roomOf } from '../../renderers/room.js';
import type { HeightIndex } from './height-index.js';

/** A guess at a row's height before it was ever drawn: good enough that a scroll bar does not jump, cheap enough for thousands. */
function estimate(message: Message, width: number): number {
  const { type, content = '' } = message;
  if (type !== 'text') return (roomOf(message)?.[1] ?? 18) + 20;
  const letters = Math.max(12, (width * 0.72 - 64) / 8);
  return 40 + 22 * Math.floor(content.length / letters);
}

/** Keeps a height index in step with a timeline, and remembers what was measured when rows change places. */
export class RowHeights {
  readonly #index: HeightIndex;
  readonly #measured = new Map<string, number>();
  #messages: readonly Message[] = [];

  constructor(index: HeightIndex) {
    this.#index = index;
  }

  /** Takes over another state of the timeline. Rows before the first difference keep their place in the index. */
  use(messages: readonly Message[], width: number): void {
    const old = this.#messages;
    this.#messages = messages;
    let same = 0;
    while (same < old.length && old[same]!.idClient === messages[same]?.idClient) same++;
    this.#index.truncate(same);
    for (let i = same; i < messages.length; i++) {
      const message = messages[i]!;
      this.#index.push(this.#measured.get(message.idClient) ?? estimate(message, width));
    }
  }

  measure(row: number, height: number): void {
    const message = this.#messages[row];
    if (!message) return;
    this.#measured.set(message.idClient, height);
    this.#index.set(row, height);
  }

  /** Forgets everything: the rows are another conversation's. */
  clear(): void {
    this.#measured.clear();
    this.#messages = [];
    this.#index.truncate(0);
  }
}
