import type { Sql } from './driver.js';
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
};

export async function messages(sql: Sql, conversation: number, from: number, to: number): Promise<MessageRow[]> {
  const rows = await sql.query<StoredMessage>(
    `SELECT e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time
     FROM im_message e JOIN im_account a ON a.id = e.sender
     WHERE e.conversation = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq`,
    [conversation, from, to],
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
  return { seq, n, id, idClient: row.id_client, from: row.sender_name, type, body, time };
}
