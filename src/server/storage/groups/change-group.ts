import type { Driver, Sql, SqlValue } from '../driver.js';
import { idsOf } from '../in-list.js';
import type { GroupChange, GroupChanged, GroupFields, NoticeRow } from './group-storage.js';
import { rankOf } from './groups.js';
import { addMember, appendNote } from './member-rows.js';
import { addNotice, noticesOf, settleNotice } from './notices.js';

/** Whose account a change touches, by ascending id: two transactions that meet wait, and never for each other. */
type Ids = ReadonlyMap<string, number>;

/**
 * Takes the group's row, then its log's, then its members', then accounts, each by ascending id: as `member-changes.ts` does with what it
 * takes of these.
 */
export function changeGroup(driver: Driver, change: GroupChange): Promise<GroupChanged | 'stale'> {
  return driver.transaction(async (sql) => {
    const { conversation, time, note } = change;
    const version = await nextVersion(sql, change);
    if (version === undefined) return 'stale';
    const settled = change.settle ? await noticesOf(sql, change.settle.msgId) : [];
    const ids = await idsOf(sql, [...everybodyIn(change), ...settled.map(({ account }) => account)]);
    const noteSeq = note ? await appendNote(sql, conversation, ids.get(note.from)!, note, time) : 0;
    const [head] = await sql.query<{ seq: number }>('SELECT seq FROM im_conversation WHERE id = ?', [conversation]);
    const joinedAt = noteSeq > 0 ? noteSeq - 1 : head!.seq;

    const concerned = own(change);
    await lockMembers(
      driver,
      sql,
      conversation,
      concerned.map((account) => ids.get(account)!),
    );
    await changeMembers(sql, change, ids, joinedAt, head!.seq);
    await changeRequests(sql, change, ids);
    const stillMuted = await mutesOf(sql, change, ids);

    const us: [string, number][] = [];
    const notices: [string, NoticeRow][] = [];
    const touched = new Set([...concerned, ...settled.map(({ account }) => account)]);
    for (const notice of change.notices ?? []) touched.add(notice.account);
    for (const account of [...touched].sort((a, b) => ids.get(a)! - ids.get(b)!)) {
      const id = ids.get(account)!;
      if (concerned.includes(account)) us.push([account, await nextU(sql, conversation, id)]);
      for (const notice of change.notices ?? [])
        if (notice.account === account) notices.push([account, await addNotice(sql, id, notice, time)]);
      for (const { account: reader, num } of settled)
        if (reader === account) notices.push([account, await settleNotice(sql, id, num, change.settle!)]);
    }
    return { conversation, version, noteSeq, us, notices, joinedAt, stillMuted };
  });
}

const columns = {
  name: 'name',
  avatar: 'avatar',
  intro: 'intro',
  announcement: 'announcement',
  joinMode: 'join_mode',
  inviteMode: 'invite_mode',
  mutedAll: 'muted_all',
  dismissed: 'dismissed',
} as const satisfies Record<keyof GroupFields, string>;

async function nextVersion(sql: Sql, { conversation, version, set = {} }: GroupChange): Promise<number | undefined> {
  const fields = (Object.keys(columns) as (keyof GroupFields)[]).filter((field) => set[field] !== undefined);
  const values = fields.map((field): SqlValue => {
    const value = set[field]!;
    return typeof value === 'boolean' ? Number(value) : value;
  });
  const [row] = await sql.query<{ version: number }>(
    `UPDATE im_group SET version = version + 1${fields.map((field) => `, ${columns[field]} = ?`).join('')}
     WHERE conversation = ? AND version = ? RETURNING version`,
    [...values, conversation, version],
  );
  return row?.version;
}

/** Those whose own part of the group changes: each hears of it by a `u`. */
function own({ join = [], leave = [], roles = [], mutes = [], nicknames = [], notify = [] }: GroupChange): string[] {
  return [
    ...new Set([...[...join, ...roles, ...mutes, ...nicknames, ...notify].map(({ account }) => account), ...leave]),
  ];
}

function everybodyIn(change: GroupChange): string[] {
  const { note, requests = [], notices = [] } = change;
  const named = [...requests, ...notices].map(({ account }) => account);
  return [...own(change), ...(note ? [note.from] : []), ...named];
}

async function lockMembers(driver: Driver, sql: Sql, conversation: number, accounts: readonly number[]): Promise<void> {
  const lock = driver.dialect.lockRows('m');
  if (lock === '') return;
  for (const account of [...accounts].sort((a, b) => a - b))
    await sql.query(`SELECT m.account FROM im_member m WHERE m.conversation = ? AND m.account = ? ${lock}`, [
      conversation,
      account,
    ]);
}

async function changeMembers(
  sql: Sql,
  change: GroupChange,
  ids: Ids,
  joinedAt: number,
  readSeq: number,
): Promise<void> {
  const { conversation, time, join = [], leave = [], roles = [], mutes = [], nicknames = [], notify = [] } = change;
  const set = (columnsSet: string, account: string, ...values: SqlValue[]): Promise<unknown> =>
    sql.query(`UPDATE im_member SET ${columnsSet} WHERE conversation = ? AND account = ?`, [
      ...values,
      conversation,
      ids.get(account)!,
    ]);
  for (const { account, role, before } of join) {
    const row = { role: rankOf(role), since: before ? 0 : joinedAt, readSeq, time };
    await addMember(sql, { conversation, account: ids.get(account)!, ...row });
  }
  for (const { account, role } of roles) await set('role = ?', account, rankOf(role));
  for (const { account, nickname } of nicknames) await set('nickname = ?', account, nickname);
  for (const { account, mode } of notify)
    await set('muted = ?, quiet = ?', account, Number(mode !== 'notify'), Number(mode === 'off'));
  for (const { account, until } of mutes)
    await sql.query(
      `INSERT INTO im_group_mute (conversation, account, until) VALUES (?, ?, ?)
       ON CONFLICT (conversation, account) DO UPDATE SET until = excluded.until`,
      [conversation, ids.get(account)!, until],
    );
  for (const account of leave)
    await sql.query('DELETE FROM im_member WHERE conversation = ? AND account = ?', [conversation, ids.get(account)!]);
}

async function changeRequests(sql: Sql, { conversation, requests = [], settle }: GroupChange, ids: Ids): Promise<void> {
  if (settle)
    await sql.query(`UPDATE im_group_request SET state = ?, answered_by = ? WHERE msg_id = ?`, [
      settle.state,
      settle.by,
      settle.msgId,
    ]);
  for (const { account, kind, by, msgId } of requests)
    await sql.query(
      `INSERT INTO im_group_request (conversation, account, kind, invited_by, state, answered_by, msg_id)
       VALUES (?, ?, ?, ?, 'init', '', ?) ON CONFLICT (conversation, account, kind) DO UPDATE SET
       invited_by = excluded.invited_by, state = excluded.state, answered_by = excluded.answered_by, msg_id = excluded.msg_id`,
      [conversation, ids.get(account)!, kind, by, msgId],
    );
}

async function mutesOf(
  sql: Sql,
  { conversation, join = [] }: GroupChange,
  ids: Ids,
): Promise<GroupChanged['stillMuted']> {
  const still: { account: string; until: number }[] = [];
  for (const { account } of join) {
    const [row] = await sql.query<{ until: number }>(
      'SELECT until FROM im_group_mute WHERE conversation = ? AND account = ?',
      [conversation, ids.get(account)!],
    );
    if (row) still.push({ account, until: row.until });
  }
  return still;
}

async function nextU(sql: Sql, conversation: number, account: number): Promise<number> {
  const [row] = await sql.query<{ u: number }>('UPDATE im_account SET u = u + 1 WHERE id = ? RETURNING u', [account]);
  await sql.query('UPDATE im_member SET u = ? WHERE conversation = ? AND account = ?', [row!.u, conversation, account]);
  return row!.u;
}
