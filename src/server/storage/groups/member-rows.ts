import type { Sql } from '../driver.js';
import type { GroupNote } from './group-storage.js';

export type NewMemberRow = {
  readonly conversation: number;
  readonly account: number;
  readonly role: number;
  readonly since: number;
  readonly readSeq: number;
  readonly time: number;
};

export async function addMember(sql: Sql, row: NewMemberRow): Promise<void> {
  const { conversation, account, role, since, readSeq, time } = row;
  await sql.query(
    `INSERT INTO im_member (conversation, account, read_seq, pinned, muted, custom, u, role, since, join_time, nickname, quiet)
     VALUES (?, ?, ?, 0, 0, '', 0, ?, ?, ?, '', 0)`,
    [conversation, account, readSeq, role, since, time],
  );
}

/** An event of the server's own at the end of a log, inside the transaction of what it tells. Gives its `seq`. */
export async function appendNote(
  sql: Sql,
  conversation: number,
  sender: number,
  { id, idClient, body }: GroupNote,
  time: number,
): Promise<number> {
  const [row] = await sql.query<{ seq: number }>(
    `UPDATE im_conversation SET seq = seq + 1, last_message = seq + 1, update_time = CASE WHEN update_time < ? THEN ? ELSE update_time END
     WHERE id = ? RETURNING seq`,
    [time, time, conversation],
  );
  await sql.query(
    `INSERT INTO im_message (conversation, seq, n, sender, id, id_client, type, body, fingerprint, time)
     VALUES (?, ?, 0, ?, ?, ?, 'notification', ?, '', ?)`,
    [conversation, row!.seq, sender, id, idClient, body, time],
  );
  return row!.seq;
}
