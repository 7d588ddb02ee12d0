import { sentFor, type OutboxRow, type SentRow } from './cache.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

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

export async function allOutbox(tx: ReadTransaction): Promise<OutboxRow[]> {
  const rows = await tx.objectStore('outbox').getAll();
  return rows.filter(isRow).sort((a, b) => a.order - b.order);
}

export async function allSent(tx: ReadTransaction): Promise<SentRow[]> {
  const rows = await tx.objectStore('sent').getAll();
  return rows.filter(isRow).sort((a, b) => a.order - b.order);
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

/** A damaged record can not be sent; it stays where it is and harms nothing. */
function isRow(row: OutboxRow): boolean {
  const { idClient, cid, order, time, tab, body, type } = row as Partial<OutboxRow>;
  return (
    [idClient, cid, tab, type].every((value) => typeof value === 'string') &&
    Number.isFinite(order) &&
    Number.isFinite(time) &&
    typeof body === 'object'
  );
}
