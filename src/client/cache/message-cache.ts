import * as v from 'valibot';
import { isAction, withAction } from '../../protocol/actions.js';
import { ActionEvent, LogEvent } from '../../protocol/model.js';
import type { Database, EventRow, WriteTransaction } from './schema.js';

/** The `events` store: pages of logs. A `seq` that is missing is a hole. */
export function putEvents(
  tx: WriteTransaction,
  events: readonly { readonly cid: string; readonly event: LogEvent }[],
): Promise<unknown>[] {
  const store = tx.objectStore('events');
  const plain = events.map(({ cid, event }) => {
    if (event.kind !== 'message') return store.put(encode(cid, event));
    return putMessage(tx, cid, event);
  });
  // After all of them: what was done to a message that is itself in this write finds it.
  return [...plain, Promise.all(plain).then(() => actAll(tx, events))];
}

/** A page that was read a while ago does not take back what was done to a message since. */
async function putMessage(tx: WriteTransaction, cid: string, event: MessageEvent): Promise<unknown> {
  const store = tx.objectStore('events');
  const [known] = decodeAll([await store.get([cid, event.seq])]);
  if (known?.kind === 'message' && (known.message.rev ?? 0) > (event.message.rev ?? 0)) return undefined;
  return store.put(encode(cid, event));
}

/** What was done to messages, in the order of the log. */
async function actAll(
  tx: WriteTransaction,
  events: readonly { readonly cid: string; readonly event: LogEvent }[],
): Promise<void> {
  const store = tx.objectStore('events');
  for (const { cid, event } of events) {
    if (!isAction(event)) continue;
    const [known] = decodeAll([await store.get([cid, event.target])]);
    if (known?.kind !== 'message') continue;
    const message = withAction(known.message, event);
    if (message !== known.message) await store.put(encode(cid, { ...known, message }));
  }
}

export function forgetEvents(
  tx: WriteTransaction,
  forget: readonly { readonly cid: string; readonly below: number }[],
): Promise<unknown>[] {
  const store = tx.objectStore('events');
  return forget.map(async ({ cid, below }) => store.delete(IDBKeyRange.bound([cid, 0], [cid, below], false, true)));
}

/** The keys are dense, so a range of them is bounded by itself and needs no cursor. */
export async function eventsBetween(db: Database, cid: string, from: number, to: number): Promise<LogEvent[]> {
  if (to < from) return [];
  const rows = await db.getAll('events', IDBKeyRange.bound([cid, from], [cid, to]));
  return decodeAll(rows);
}

type MessageEvent = Extract<LogEvent, { kind: 'message' }>;

function decodeAll(rows: readonly (EventRow | undefined)[]): LogEvent[] {
  return rows.flatMap((row) => (row ? decode(row) : []));
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
