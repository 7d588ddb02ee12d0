import type { Message } from '../../protocol/message.js';

/** The message at a place of the log, among those in order of it; what is still being sent stands at their end. */
export function bySeq(messages: readonly Message[], seq: number): Message | undefined {
  let [low, high] = [0, messages.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = messages[middle]!.seq ?? Infinity;
    if (at === seq) return messages[middle];
    if (at < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
