import type { LogEvent } from '../protocol/model.js';

/** The part of ascending `events` that reaches up to `last` without a hole. */
export function runUpTo(events: readonly LogEvent[], last: number): LogEvent[] {
  let start = events.length;
  for (let seq = last; start > 0 && events[start - 1]!.seq === seq; seq--) start--;
  return events.slice(start);
}

/** The part of ascending `events` that begins at `first` and has no hole. */
export function runFrom(events: readonly LogEvent[], first: number): LogEvent[] {
  const end = events.findIndex(({ seq }, index) => seq !== first + index);
  return events.slice(0, end < 0 ? events.length : end);
}

/** The part of ascending `events` that has no hole and holds `seq`; empty where that is missing. */
export function runRound(events: readonly LogEvent[], seq: number): LogEvent[] {
  if (!events.some((event) => event.seq === seq)) return [];
  const before = runUpTo(
    events.filter((event) => event.seq < seq),
    seq - 1,
  );
  return [
    ...before,
    ...runFrom(
      events.filter((event) => event.seq >= seq),
      seq,
    ),
  ];
}
