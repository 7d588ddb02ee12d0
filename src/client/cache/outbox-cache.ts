import * as v from 'valibot';
import { Account, bodyEntries, ConversationId, Count, IdClient, SendableType } from '../../protocol/model.js';
import { actEntries, forwardEntries, ShortId } from '../../protocol/frames.js';
import { sentFor, type OutboxRow, type SentRow } from './cache.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

/** A damaged record can not be sent; it stays where it is and harms nothing. */
const Row = v.object({
  idClient: IdClient,
  cid: ConversationId,
  order: v.pipe(v.number(), v.finite()),
  time: Count,
  tab: ShortId,
  status: v.picklist(['sending', 'fail']),
  error: v.exactOptional(v.object({ code: v.number(), message: v.string() })),
  type: v.picklist([...SendableType.options, 'act', 'merged']),
  // The server refuses a frame with anything else in it, and the link with it.
  body: v.strictObject(bodyEntries),
  act: v.exactOptional(
    v.strictObject({
      ...actEntries,
      from: Account,
    }),
  ),
  forward: v.exactOptional(v.strictObject(forwardEntries)),
  upload: v.exactOptional(
    v.object({
      total: Count,
      paused: v.exactOptional(v.boolean()),
      file: v.exactOptional(v.string()),
      thumbnail: v.exactOptional(v.string()),
      done: v.exactOptional(v.boolean()),
    }),
  ),
});
const Sent = v.object({ ...Row.entries, ackedAt: Count });

/** The `outbox` store, and `sent`, to which a row moves with its ack. */
export function putOutbox(tx: WriteTransaction, rows: readonly OutboxRow[]): Promise<unknown>[] {
  return rows.map(async (row) => tx.objectStore('outbox').put(row));
}

export function settleOutbox(
  tx: WriteTransaction,
  settled: readonly string[],
  sent: readonly SentRow[],
): Promise<unknown>[] {
  return [
    ...settled.map(async (idClient) => tx.objectStore('outbox').delete(idClient)),
    ...sent.map(async (row) => tx.objectStore('sent').put(row)),
  ];
}

/** @returns the rows that can be read, by their order, and how many can not */
export async function allOutbox(
  tx: ReadTransaction,
): Promise<{ readonly rows: OutboxRow[]; readonly damaged: number }> {
  const found = await tx.objectStore('outbox').getAll();
  const rows = found.filter((row) => v.is(Row, row)).sort((a, b) => a.order - b.order);
  return { rows, damaged: found.length - rows.length };
}

export async function allSent(tx: ReadTransaction): Promise<SentRow[]> {
  const rows = await tx.objectStore('sent').getAll();
  return rows.filter((row) => v.is(Sent, row)).sort((a, b) => a.order - b.order);
}

export function forgetSent(tx: WriteTransaction, now: number): Promise<unknown>[] {
  const old = tx
    .objectStore('sent')
    .index('ackedAt')
    .openKeyCursor(IDBKeyRange.upperBound(now - sentFor));
  return [
    old.then(async (first) => {
      for (let cursor = first; cursor; cursor = await cursor.continue())
        await tx.objectStore('sent').delete(cursor.primaryKey);
    }),
  ];
}
