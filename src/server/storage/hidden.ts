import { actionTypes } from './action-rules.js';
import type { Driver, Sql } from './driver.js';
import { inList } from './in-list.js';
import { nextU, putU } from './member-changes.js';
import { toMessage, type StoredMessage } from './messages.js';
import type { Hidden, HiddenRow, MessageRow } from './storage.js';

/** How far below the head a list looks for a message that its owner has not deleted. */
const depth = 1_000;
/** Rows of one `hiddenSince`. */
const most = 5_000;

export async function hide(
  driver: Driver,
  account: string,
  conversation: number,
  seqs: readonly number[],
): Promise<Hidden | undefined> {
  if (seqs.length === 0) return undefined;
  return driver.transaction(async (sql) => {
    const [member] = await sql.query<{ id: number }>(
      `SELECT m.account AS id FROM im_member m JOIN im_account a ON a.id = m.account
       WHERE a.account = ? AND m.conversation = ? ${driver.dialect.lockRows('m')}`,
      [account, conversation],
    );
    if (!member) throw new Error(`${account} is no member of conversation ${conversation}`);
    const { places, filled } = inList(seqs);
    const fresh = await sql.query<{ seq: number }>(
      `SELECT e.seq FROM im_message e LEFT JOIN im_hidden h
         ON h.account = ? AND h.conversation = e.conversation AND h.seq = e.seq
       WHERE e.conversation = ? AND e.seq IN (${places}) AND h.seq IS NULL ORDER BY e.seq`,
      [member.id, conversation, ...filled],
    );
    if (fresh.length === 0) return undefined;
    const u = await nextU(sql, member.id);
    for (const { seq } of fresh)
      await sql.query('INSERT INTO im_hidden (account, conversation, seq, u) VALUES (?, ?, ?, ?)', [
        member.id,
        conversation,
        seq,
        u,
      ]);
    await putU(sql, conversation, member.id, u);
    return { u, seqs: fresh.map(({ seq }) => seq) };
  });
}

export function hiddenSince(sql: Sql, account: string, u: number): Promise<HiddenRow[]> {
  return sql.query<HiddenRow>(
    `SELECT h.conversation, h.seq, h.u FROM im_account a JOIN im_hidden h ON h.account = a.id
     WHERE a.account = ? AND h.u > ? ORDER BY h.u, h.seq LIMIT ${most}`,
    [account, u],
  );
}

/** The newest message below `below` that the account has not deleted for itself, where it is near. */
export async function lastSeen(
  sql: Sql,
  account: string,
  conversation: number,
  below: number,
): Promise<MessageRow | undefined> {
  const [row] = await sql.query<StoredMessage>(
    `SELECT e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time
     FROM im_message e JOIN im_account a ON a.id = e.sender
     WHERE e.conversation = ? AND e.seq < ? AND e.seq > ?
       AND e.type NOT IN (${actionTypes.map((type) => `'${type}'`).join(', ')})
       AND NOT EXISTS (SELECT 1 FROM im_hidden h JOIN im_account v ON v.id = h.account
         WHERE v.account = ? AND h.conversation = e.conversation AND h.seq = e.seq)
     ORDER BY e.seq DESC LIMIT 1`,
    [conversation, below, below - depth, account],
  );
  return row && toMessage(row);
}

export async function acquainted(sql: Sql, account: string, others: readonly string[]): Promise<string[]> {
  if (others.length === 0) return [];
  const { places, filled } = inList(others);
  const rows = await sql.query<{ account: string }>(
    `SELECT o.account FROM im_account o WHERE o.account IN (${places}) AND EXISTS (
       SELECT 1 FROM im_member p
       JOIN im_member m ON m.conversation = p.conversation
       JOIN im_account a ON a.id = m.account
       WHERE p.account = o.id AND a.account = ?)`,
    [...filled, account],
  );
  return rows.map((row) => row.account);
}
