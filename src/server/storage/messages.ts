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

export function toMessage(row: StoredMessage): MessageRow {
  const { seq, n, id, type, body, time } = row;
  return { seq, n, id, idClient: row.id_client, from: row.sender_name, type, body, time };
}
