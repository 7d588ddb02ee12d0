import * as v from 'valibot';
import { ActionEvent, LogEvent } from '../../protocol/model.js';
import type { Database, EventRow, WriteTransaction } from './schema.js';

/** The `events` store: pages of logs. A `seq` that is missing is a hole. */
export function putEvents(
  tx: WriteTransaction,
  events: readonly { readonly cid: string; readonly event: LogEvent }[],
): Promise<unknown>[] {
  const store = tx.objectStore('events');
  return events.map(async ({ cid, event }) => store.put(encode(cid, event)));
}

/** The keys are dense, so a range of them is bounded by itself and needs no cursor. */
export async function eventsBetween(db: Database, cid: string, from: number, to: number): Promise<LogEvent[]> {
  if (to < from) return [];
  const rows = await db.getAll('events', IDBKeyRange.bound([cid, from], [cid, to]));
  return rows.flatMap(decode);
}

function encode(cid: string, event: LogEvent): EventRow {
  if (event.kind === 'unknown') return { cid, seq: event.seq, unknown: true };
  if (event.kind !== 'message') return { cid, seq: event.seq, action: event };
  return { cid, seq: event.seq, ...(event.n !== undefined && { n: event.n }), message: event.message };
}

/** A damaged record counts as missing and is fetched again. */
function decode(row: EventRow): LogEvent[] {
  if (row.unknown === true) return [{ kind: 'unknown', seq: row.seq }];
  if (row.action !== undefined) {
    const action = v.safeParse(ActionEvent, row.action);
    return action.success && action.output.seq === row.seq ? [action.output] : [];
  }
  const event = { kind: 'message', seq: row.seq, ...(row.n !== undefined && { n: row.n }), message: row.message };
  const result = v.safeParse(LogEvent, event);
  return result.success && result.output.kind === 'message' ? [result.output] : [];
}
