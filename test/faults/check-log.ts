import type { Finding, Log, LogRow, View } from './check.js';
import type { Send } from './history.js';

type Placed = LogRow & { readonly conversation: string };

/** What the log says of the sends: nothing lost, nothing doubled, nothing out of turn, nothing that nobody sent. */
export function checkLog(sends: readonly Send[], log: Log, views: readonly View[]): Finding[] {
  const rows = [...log.conversations].flatMap(([conversation, list]) =>
    list.map((row): Placed => ({ ...row, conversation })),
  );
  return [
    ...[...log.conversations].flatMap(([conversation, list]) =>
      holesOf(conversation, list, log.others?.get(conversation)),
    ),
    ...doubledRows(rows),
    ...unexpectedRows(sends, rows),
    ...lostSends(sends, rows, { log, views }),
    ...reorderedSends(sends, rows),
  ];
}

/** How a finding names a message. */
export const nameOf = ({ from, content, idClient }: Pick<LogRow, 'from' | 'content' | 'idClient'>): string =>
  `"${content}" of ${from} (${idClient})`;

const nameOfSend = ({ account, content, idClient, client }: Send): string =>
  `"${content}" of ${account} (${idClient ?? 'no idClient'}), sent by ${client},`;

/** The first place from `from` on that is no action's. */
export function nextPlace(from: number, others: ReadonlySet<number> | undefined): number {
  let place = from;
  while (others?.has(place)) place++;
  return place;
}

function holesOf(conversation: string, rows: readonly LogRow[], others: ReadonlySet<number> | undefined): Finding[] {
  return rows.flatMap(({ seq }, i): Finding[] => {
    const expected = nextPlace((rows[i - 1]?.seq ?? 0) + 1, others);
    if (seq <= expected) return [];
    return [{ fault: 'holes', words: `the log of ${conversation} has nothing at ${expected}–${seq - 1}` }];
  });
}

function doubledRows(rows: readonly Placed[]): Finding[] {
  const keys: [what: string, key: (row: Placed) => string][] = [
    ['idClient', ({ from, idClient }) => `${from} ${idClient}`],
    ['id', ({ id }) => id],
    ['seq', ({ conversation, seq }) => `${conversation} ${seq}`],
  ];
  return keys.flatMap(([what, key]) => {
    const seen = new Set<string>();
    return rows.flatMap((row): Finding[] => {
      const known = seen.has(key(row));
      seen.add(key(row));
      const words = `${nameOf(row)} repeats a ${what} of the log, at ${row.seq} of ${row.conversation}`;
      return known ? [{ fault: 'doubled', words }] : [];
    });
  });
}

function unexpectedRows(sends: readonly Send[], rows: readonly Placed[]): Finding[] {
  const byContent = new Map(sends.map((send) => [send.content, send]));
  return rows.flatMap((row): Finding[] => {
    const send = byContent.get(row.content);
    const expected =
      send?.account === row.from &&
      send.conversation === row.conversation &&
      (send.idClient === undefined || send.idClient === row.idClient);
    if (expected) return [];
    return [{ fault: 'unexpected', words: `nobody sent ${nameOf(row)}, at ${row.seq} of ${row.conversation}` }];
  });
}

function lostSends(
  sends: readonly Send[],
  rows: readonly Placed[],
  { log, views }: { log: Log; views: readonly View[] },
): Finding[] {
  const byContent = new Map(rows.map((row) => [row.content, row]));
  const waiting = new Set(views.flatMap(({ outbox = [] }) => outbox));
  for (const { rows: shown } of views)
    for (const { idClient, status } of shown) if (status === 'fail') waiting.add(idClient);
  return sends.flatMap((send): Finding[] => {
    const row = byContent.get(send.content);
    const { end, idClient } = send;
    const lost = (why: string): Finding[] => [{ fault: 'lost', words: `${nameOfSend(send)} ${why}` }];
    if (end.kind === 'ok') {
      if (!row) return lost(`was acked at ${end.seq} and is not in the log`);
      const same = row.id === end.id && row.seq === end.seq;
      return same || end.epoch !== log.epoch ? [] : lost(`was acked at ${end.seq} and stands at ${row.seq}`);
    }
    if (row || send.discarded || idClient === undefined || waiting.has(idClient)) return [];
    return lost('is neither in the log, nor waiting, nor shown as failed');
  });
}

/** What one client instance sent in one conversation stands there in the order of the invocations. */
function reorderedSends(sends: readonly Send[], rows: readonly Placed[]): Finding[] {
  const byContent = new Map(rows.map((row) => [row.content, row]));
  const last = new Map<string, number>();
  return sends.flatMap((send): Finding[] => {
    const row = byContent.get(send.content);
    if (!row || send.resent) return [];
    const line = `${send.client} ${send.conversation}`;
    const before = last.get(line) ?? 0;
    last.set(line, Math.max(before, row.seq));
    if (row.seq >= before) return [];
    return [{ fault: 'reordered', words: `${nameOfSend(send)} stands at ${row.seq}, after a later one at ${before}` }];
  });
}
