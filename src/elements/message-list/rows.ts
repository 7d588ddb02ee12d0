import type { Message } from '../../protocol/message.js';
import type { RunPlace } from '../message/message.js';

/** What a message's row looks like by reason of its neighbours. */
export type Row = {
  readonly message: Message;
  readonly run: RunPlace;
  /** Whether the divider for new messages stands above it. */
  readonly isNew: boolean;
  /** Pictures that stand together: the first one's row holds the rows of all. */
  readonly album?: readonly Row[];
};

/** Rows of one local day. */
export type Day = {
  readonly key: number;
  readonly time: number;
  /** Whether the day begins with the first of these rows. */
  readonly whole: boolean;
  readonly rows: readonly Row[];
};

const longestPause = 5 * 60_000;

/** The messages from `start` to `end` as rows, by day. `newAt` is the index of the first new one, −1 where none is. */
export function daysOf(messages: readonly Message[], start: number, end: number, newAt: number): Day[] {
  const days: { key: number; time: number; whole: boolean; rows: Row[] }[] = [];
  for (let i = start; i < end; i++) {
    const message = messages[i]!;
    const key = dayKey(message.time);
    if (days.at(-1)?.key !== key) {
      const before = messages[i - 1];
      days.push({ key, time: message.time, whole: !before || dayKey(before.time) !== key, rows: [] });
    }
    days.at(-1)!.rows.push({ message, isNew: i === newAt, run: runPlace(messages, i, newAt) });
  }
  return days;
}

function runPlace(messages: readonly Message[], index: number, newAt: number): RunPlace {
  const follows = index !== newAt && joins(messages[index - 1], messages[index]);
  const goesOn = index + 1 !== newAt && joins(messages[index], messages[index + 1]);
  if (follows) return goesOn ? 'middle' : 'last';
  return goesOn ? 'first' : 'single';
}

function joins(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || a.from !== b.from || isLine(a) || isLine(b)) return false;
  return Math.abs(b.time - a.time) <= longestPause && dayKey(a.time) === dayKey(b.time);
}

/** Whether it stands in the middle, without a bubble. */
function isLine({ type, recalled }: Message): boolean {
  return type === 'notification' || recalled !== undefined;
}

/** One number for a local day, growing with time. */
function dayKey(ms: number): number {
  const date = new Date(ms);
  return (date.getFullYear() * 12 + date.getMonth()) * 31 + date.getDate();
}
