import type { Sql } from './driver.js';
import { inList } from './in-list.js';
import type { MessageRow } from './storage.js';

export type StoredMessage = {
  seq: number;
  n: number;
  id: string;
  id_client: string;
  sender_name: string;
  type: string;
  body: string;
  time: number;
  hidden?: number | null;
};

const columns = 'e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time';

/** Rows of the log as an account sees them; the account's name is the first value. */
export const seenRows = (from: string) => `
  SELECT ${columns}, h.seq AS hidden FROM ${from}
  JOIN im_account a ON a.id = e.sender
  LEFT JOIN im_account v ON v.account = ?
  LEFT JOIN im_hidden h ON h.account = v.id AND h.conversation = e.conversation AND h.seq = e.seq`;

export async function messages(
  sql: Sql,
  conversation: number,
  from: number,
  to: number,
  viewer?: string,
): Promise<MessageRow[]> {
  const range = 'WHERE e.conversation = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq';
  const rows = await (viewer === undefined
    ? sql.query<StoredMessage>(`SELECT ${columns} FROM im_message e JOIN im_account a ON a.id = e.sender ${range}`, [
        conversation,
        from,
        to,
      ])
    : sql.query<StoredMessage>(`${seenRows('im_message e')} ${range}`, [viewer, conversation, from, to]));
  return rows.map(toMessage);
}

export async function picked(
  sql: Sql,
  conversation: number,
  seqs: readonly number[],
  viewer: string,
): Promise<MessageRow[]> {
  if (seqs.length === 0) return [];
  const { places, filled } = inList(seqs);
  const rows = await sql.query<StoredMessage>(
    `${seenRows('im_message e')} WHERE e.conversation = ? AND e.seq IN (${places}) ORDER BY e.seq`,
    [viewer, conversation, ...filled],
  );
  return rows.map(toMessage);
}

/** By halving: the times of a log ascend. Each look is one step in its key. */
export async function seqAt(sql: Sql, conversation: number, time: number): Promise<number> {
  const timeOf = async (seq: number): Promise<number> =>
    (
      await sql.query<{ time: number }>('SELECT time FROM im_message WHERE conversation = ? AND seq = ?', [
        conversation,
        seq,
      ])
    )[0]?.time ?? Infinity;
  const [row] = await sql.query<{ seq: number }>('SELECT seq FROM im_conversation WHERE id = ?', [conversation]);
  let [low, high] = [1, (row?.seq ?? 0) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await timeOf(middle)) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function toMessage(row: StoredMessage): MessageRow {
  const { seq, n, id, type, body, time } = row;
  const hidden = row.hidden !== undefined && row.hidden !== null && ({ hidden: true } as const);
  return { seq, n, id, idClient: row.id_client, from: row.sender_name, type, body, time, ...hidden };
}
