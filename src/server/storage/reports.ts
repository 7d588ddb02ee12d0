import { actionTypes } from './action-rules.js';
import type { Sql } from './driver.js';
import type { NewReport } from './storage.js';

export async function report(sql: Sql, given: NewReport): Promise<boolean> {
  const { account, conversation, seq, reason, time } = given;
  const [row] = await sql.query<{ body: string; reporter: number }>(
    `SELECT e.body, a.id AS reporter FROM im_message e JOIN im_account a ON a.account = ?
     WHERE e.conversation = ? AND e.seq = ? AND e.type NOT IN (${actionTypes.map((type) => `'${type}'`).join(', ')})`,
    [account, conversation, seq],
  );
  if (!row) return false;
  await sql.query(
    `INSERT INTO im_report (conversation, seq, account, reason, body, time) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [conversation, seq, row.reporter, reason, row.body, time],
  );
  return true;
}
