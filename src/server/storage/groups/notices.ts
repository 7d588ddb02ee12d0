import type { Sql, SqlValue } from '../driver.js';
import type { GroupChange, NewNotice, NoticeRow } from './group-storage.js';

/** So many of an account's notices are kept. */
const kept = 1_000;

type Stored = {
  num: number;
  u: number;
  msg_id: string;
  time: number;
  type: string;
  sender: string;
  target: string;
  scene: NoticeRow['scene'];
  name: string;
  content: string;
  custom: string;
  state: NoticeRow['state'];
  answered_by: string;
  notices_read: number;
};

const columns = `t.num, t.u, t.msg_id, t.time, t.type, t.sender, t.target, t.scene, t.name, t.content, t.custom, t.state,
  t.answered_by, a.notices_read`;

export async function notices(
  sql: Sql,
  account: string,
  { limit, before, changedAfter }: { limit: number; before?: number; changedAfter?: number },
): Promise<NoticeRow[]> {
  const values: SqlValue[] = [account];
  if (changedAfter !== undefined) values.push(changedAfter);
  else if (before !== undefined) values.push(before);
  const bound = changedAfter !== undefined ? 'AND t.u > ?' : before !== undefined ? 'AND t.num < ?' : '';
  const rows = await sql.query<Stored>(
    `SELECT ${columns} FROM im_notice t JOIN im_account a ON a.id = t.account WHERE a.account = ? ${bound}
     ORDER BY ${changedAfter === undefined ? 't.num DESC' : 't.u DESC'} LIMIT ?`,
    [...values, limit],
  );
  const found = rows.map(toNotice);
  return changedAfter === undefined ? found : found.reverse();
}

export async function noticeMarks(sql: Sql, account: string): Promise<{ read: number; unread: number }> {
  const [row] = await sql.query<{ read: number; unread: number }>(
    `SELECT a.notices_read AS read, (SELECT count(*) FROM im_notice t WHERE t.account = a.id AND t.num > a.notices_read) AS unread
     FROM im_account a WHERE a.account = ?`,
    [account],
  );
  return { read: row?.read ?? 0, unread: Number(row?.unread ?? 0) };
}

export async function readNotices(sql: Sql, account: string, num: number): Promise<number | undefined> {
  const [row] = await sql.query<{ u: number }>(
    `UPDATE im_account SET u = u + 1, notices_u = u + 1, notices_read = ?
     WHERE account = ? AND notices_read < ? AND EXISTS (SELECT 1 FROM im_notice t WHERE t.account = im_account.id AND t.num = ?)
     RETURNING u`,
    [num, account, num, num],
  );
  return row?.u;
}

/** Who has a notice of that id. */
export function noticesOf(sql: Sql, msgId: string): Promise<{ account: string; num: number }[]> {
  return sql.query(
    'SELECT a.account, t.num FROM im_notice t JOIN im_account a ON a.id = t.account WHERE t.msg_id = ?',
    [msgId],
  );
}

/** Inside a transaction of the caller's. */
export async function addNotice(sql: Sql, account: number, notice: NewNotice, time: number): Promise<NoticeRow> {
  const u = await nextU(sql, account);
  const { msgId, type, from, to, scene, name, content, custom, state } = notice;
  await sql.query(
    `INSERT INTO im_notice (account, num, u, msg_id, time, type, sender, target, scene, name, content, custom, state, answered_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
    [account, u, u, msgId, time, type, from, to, scene, name, content, custom, state],
  );
  await sql.query(
    `DELETE FROM im_notice WHERE account = ? AND num <=
       (SELECT num FROM im_notice WHERE account = ? ORDER BY num DESC LIMIT 1 OFFSET ${kept})`,
    [account, account],
  );
  return { msgId, num: u, time, type, from, to, scene, name, content, custom, state, by: '', read: false, u };
}

/** Inside a transaction of the caller's. */
export async function settleNotice(
  sql: Sql,
  account: number,
  num: number,
  { state, by }: NonNullable<GroupChange['settle']>,
): Promise<NoticeRow> {
  const u = await nextU(sql, account);
  await sql.query('UPDATE im_notice SET state = ?, answered_by = ?, u = ? WHERE account = ? AND num = ?', [
    state,
    by,
    u,
    account,
    num,
  ]);
  const [row] = await sql.query<Stored>(
    `SELECT ${columns} FROM im_notice t JOIN im_account a ON a.id = t.account WHERE t.account = ? AND t.num = ?`,
    [account, num],
  );
  return toNotice(row!);
}

async function nextU(sql: Sql, account: number): Promise<number> {
  const [row] = await sql.query<{ u: number }>(
    'UPDATE im_account SET u = u + 1, notices_u = u + 1 WHERE id = ? RETURNING u',
    [account],
  );
  return row!.u;
}

function toNotice(row: Stored): NoticeRow {
  const { num, u, time, type, scene, name, content, custom, state } = row;
  return {
    msgId: row.msg_id,
    num,
    u,
    time,
    type,
    from: row.sender,
    to: row.target,
    scene,
    name,
    content,
    custom,
    state,
    by: row.answered_by,
    read: num <= row.notices_read,
  };
}
