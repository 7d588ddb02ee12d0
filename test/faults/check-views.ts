import { nameOf, nextPlace } from './check-log.js';
import type { Finding, Log, LogRow, View, ViewRow } from './check.js';
import type { Send } from './history.js';

/** What the clients show: the log, once each and in its order, and nothing else but what they are still sending. */
export function checkViews(sends: readonly Send[], log: Log, views: readonly View[]): Finding[] {
  const written = new Set(sends.map(({ content }) => content));
  return [
    ...views.flatMap((view) => {
      const deleted = log.deleted?.get(`${view.account} ${view.conversation}`) ?? new Set<number>();
      const rows = (log.conversations.get(view.conversation) ?? []).filter(({ seq }) => !deleted.has(seq));
      const others = new Set([...(log.others?.get(view.conversation) ?? []), ...deleted]);
      const stored = view.rows.filter(({ status }) => status === 'success');
      return [
        ...doubled(view),
        ...order(view, stored),
        ...holes(view, stored, others),
        ...unexpected(view, written),
        ...disagreements(view, stored, rows),
      ];
    }),
    ...differentFromFresh(views),
  ];
}

const placeOf = ({ client, conversation }: View): string => `${client} shows in ${conversation}`;

function doubled(view: View): Finding[] {
  const keys: ((row: ViewRow) => string | undefined)[] = [
    ({ from, idClient }) => `${from} ${idClient}`,
    ({ id }) => id,
    ({ seq }) => (seq === undefined ? undefined : `${seq}`),
  ];
  const twice = new Set<ViewRow>();
  for (const key of keys) {
    const seen = new Set<string>();
    for (const row of view.rows) {
      const value = key(row);
      if (value === undefined) continue;
      if (seen.has(value)) twice.add(row);
      seen.add(value);
    }
  }
  return [...twice].map((row) => ({ fault: 'doubled', words: `${placeOf(view)} ${nameOf(row)} twice` }));
}

function order(view: View, stored: readonly ViewRow[]): Finding[] {
  return stored.flatMap((row, i): Finding[] => {
    const before = stored[i - 1]?.seq ?? 0;
    if ((row.seq ?? 0) >= before) return [];
    return [{ fault: 'reordered', words: `${placeOf(view)} ${nameOf(row)} of ${row.seq} after ${before}` }];
  });
}

function holes(view: View, stored: readonly ViewRow[], others: ReadonlySet<number>): Finding[] {
  return stored.flatMap(({ seq = 0 }, i): Finding[] => {
    const before = stored[i - 1]?.seq;
    if (before === undefined || seq <= nextPlace(before + 1, others)) return [];
    return [{ fault: 'holes', words: `${placeOf(view)} nothing at ${before + 1}–${seq - 1}` }];
  });
}

function unexpected(view: View, written: ReadonlySet<string>): Finding[] {
  return view.rows
    .filter(({ content }) => !written.has(content))
    .map((row) => ({ fault: 'unexpected', words: `${placeOf(view)} ${nameOf(row)}, which nobody sent` }));
}

function disagreements(view: View, stored: readonly ViewRow[], rows: readonly LogRow[]): Finding[] {
  const shown = new Map(stored.map((row) => [row.seq, row]));
  const known = new Set(rows.map(({ seq }) => seq));
  const inLog = new Set(rows.map(({ from, idClient }) => `${from} ${idClient}`));
  const findings = rows.flatMap((row): string[] => {
    const own = shown.get(row.seq);
    if (!own) return [`${view.client} lacks ${nameOf(row)}, at ${row.seq} of ${view.conversation}`];
    const same =
      own.id === row.id && own.idClient === row.idClient && own.from === row.from && own.content === row.content;
    if (!same) return [`${placeOf(view)} ${nameOf(own)} at ${row.seq}, where the log has ${nameOf(row)}`];
    if (own.state === undefined || row.state === undefined || own.state === row.state) return [];
    return [`${placeOf(view)} ${nameOf(own)} at ${row.seq} as ${own.state}, where the log has ${row.state}`];
  });
  const surplus = stored
    .filter(({ seq }) => seq === undefined || !known.has(seq))
    .map((row) => `${placeOf(view)} ${nameOf(row)} as stored at ${row.seq}, where the log has nothing`);
  const unaware = view.rows
    .filter((row) => row.status !== 'success' && inLog.has(`${row.from} ${row.idClient}`))
    .map((row) => `${placeOf(view)} ${nameOf(row)} as "${row.status}", though it is stored`);
  return [...findings, ...surplus, ...unaware].map((words) => ({ fault: 'disagreements', words }));
}

/** The log's part of each view was compared already; this is the rest of what the server alone would say. */
function differentFromFresh(views: readonly View[]): Finding[] {
  const fresh = views.filter((view) => view.fresh);
  return views.flatMap((view): Finding[] => {
    const like = fresh.find(
      ({ account, conversation }) => account === view.account && conversation === view.conversation,
    );
    if (!like || view.fresh) return [];
    return (['unread', 'readSeq', 'last'] as const)
      .filter((key) => view[key] !== undefined && like[key] !== undefined && view[key] !== like[key])
      .map((key) => ({
        fault: 'disagreements',
        words: `${view.client} has ${key} ${view[key]} in ${view.conversation}, and a fresh client ${like[key]}`,
      }));
  });
}
