import type { GroupForm, GroupRole } from '../../../protocol/group-forms.js';
import type { Driver, Sql, SqlValue } from '../driver.js';
import { idsOf } from '../in-list.js';
import type {
  GroupChanged,
  GroupMemberRow,
  GroupRequestRow,
  GroupRow,
  MemberMark,
  MemberPage,
  NamedMemberRow,
  NewGroup,
  RosterRow,
} from './group-storage.js';
import { addMember, appendNote } from './member-rows.js';

const roles: readonly GroupRole[] = ['member', 'admin', 'owner'];
export const rankOf = (role: GroupRole): number => roles.indexOf(role);

type StoredGroup = {
  conversation: number;
  id: string;
  form: GroupForm;
  name: string;
  avatar: string;
  intro: string;
  announcement: string;
  join_mode: GroupRow['joinMode'];
  invite_mode: GroupRow['inviteMode'];
  muted_all: number;
  dismissed: number;
  member_limit: number;
  create_time: number;
  version: number;
};

type StoredMember = {
  account: string;
  role: number;
  since: number;
  join_time: number;
  nickname: string;
  until: number | null;
  muted: number;
  quiet: number;
};

export function createGroup(driver: Driver, group: NewGroup): Promise<GroupChanged> {
  return driver.transaction(async (sql) => {
    const { id, form, name, avatar, intro, announcement, joinMode, inviteMode, memberLimit, createTime } = group;
    const ids = await idsOf(sql, [
      ...group.members.map(({ account }) => account),
      ...(group.note ? [group.note.from] : []),
    ]);
    const [row] = await sql.query<{ id: number }>(
      `INSERT INTO im_conversation (scene, direct_low, direct_high, seq, n, update_time) VALUES (?, NULL, NULL, 0, 0, ?) RETURNING id`,
      [group.stored ? 'group' : 'room', createTime],
    );
    const conversation = row!.id;
    await sql.query(
      `INSERT INTO im_group (conversation, id, form, name, avatar, intro, announcement, join_mode, invite_mode, muted_all, dismissed,
         member_limit, create_time, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, 1)`,
      [conversation, id, form, name, avatar, intro, announcement, joinMode, inviteMode, memberLimit, createTime],
    );
    const seq = group.note ? await appendNote(sql, conversation, ids.get(group.note.from)!, group.note, createTime) : 0;
    const members = group.members.map(({ account, role }) => ({ id: ids.get(account)!, role: rankOf(role) }));
    for (const member of members.sort((a, b) => a.id - b.id))
      await addMember(sql, {
        conversation,
        account: member.id,
        role: member.role,
        since: 0,
        readSeq: seq,
        time: createTime,
      });
    return { conversation, version: 1, noteSeq: seq, us: [], notices: [], joinedAt: 0, stillMuted: [] };
  });
}

export async function group(sql: Sql, id: string): Promise<RosterRow | undefined> {
  const [row] = await sql.query<StoredGroup>(
    `SELECT conversation, id, form, name, avatar, intro, announcement, join_mode, invite_mode, muted_all, dismissed,
       member_limit, create_time, version FROM im_group WHERE id = ?`,
    [id],
  );
  if (!row) return undefined;
  // Should the group change between the two, its version tells: what is decided upon this is not done.
  const members = await sql.query<StoredMember>(
    `SELECT a.account, m.role, m.since, m.join_time, m.nickname, x.until, m.muted, m.quiet
     FROM im_member m JOIN im_account a ON a.id = m.account
     LEFT JOIN im_group_mute x ON x.conversation = m.conversation AND x.account = m.account
     WHERE m.conversation = ?`,
    [row.conversation],
  );
  return { group: toGroup(row), members: members.map(toMember) };
}

export async function countGroups(sql: Sql, form: GroupForm): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'SELECT count(*) AS count FROM im_group WHERE form = ? AND dismissed = 0',
    [form],
  );
  return Number(row!.count);
}

export async function countOwned(sql: Sql, account: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*) AS count FROM im_account a JOIN im_member m ON m.account = a.id WHERE a.account = ? AND m.role = 2`,
    [account],
  );
  return Number(row!.count);
}

export async function groupMembers(sql: Sql, conversation: number, page: MemberPage): Promise<NamedMemberRow[]> {
  const { limit, query, after } = page;
  const where: string[] = [];
  const values: SqlValue[] = [conversation];
  if (query !== undefined && query !== '') {
    const like = `%${query.toLowerCase().replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
    where.push(
      `(a.account LIKE ? ESCAPE '\\' OR lower(a.name) LIKE ? ESCAPE '\\' OR lower(m.nickname) LIKE ? ESCAPE '\\')`,
    );
    values.push(like, like, like);
  }
  if (after) {
    where.push('(m.role < ? OR (m.role = ? AND a.account > ?))');
    values.push(rankOf(after.role), rankOf(after.role), after.account);
  }
  const rows = await sql.query<StoredMember & { name: string; icon: string }>(
    `SELECT a.account, a.name, a.icon, m.role, m.join_time, m.nickname, x.until
     FROM im_member m JOIN im_account a ON a.id = m.account
     LEFT JOIN im_group_mute x ON x.conversation = m.conversation AND x.account = m.account
     WHERE m.conversation = ? ${where.map((text) => `AND ${text}`).join(' ')}
     ORDER BY m.role DESC, a.account LIMIT ?`,
    [...values, limit],
  );
  return rows.map(({ account, name, icon, role, join_time, nickname, until }) => ({
    account,
    name,
    avatar: icon,
    role: roles[role]!,
    joinTime: join_time,
    nickname,
    mutedUntil: until ?? 0,
  }));
}

export async function groupMarks(sql: Sql, conversation: number): Promise<MemberMark[]> {
  const rows = await sql.query<{ account: string; read_seq: number; since: number }>(
    `SELECT a.account, m.read_seq, m.since FROM im_member m JOIN im_account a ON a.id = m.account
     WHERE m.conversation = ? ORDER BY a.account`,
    [conversation],
  );
  return rows.map(({ account, read_seq, since }) => ({ account, readSeq: read_seq, since }));
}

export async function groupRequest(
  sql: Sql,
  conversation: number,
  account: string,
  kind: GroupRequestRow['kind'],
): Promise<GroupRequestRow | undefined> {
  const [row] = await sql.query<{
    invited_by: string;
    state: GroupRequestRow['state'];
    answered_by: string;
    msg_id: string;
  }>(
    `SELECT q.invited_by, q.state, q.answered_by, q.msg_id FROM im_group_request q JOIN im_account a ON a.id = q.account
     WHERE q.conversation = ? AND a.account = ? AND q.kind = ?`,
    [conversation, account, kind],
  );
  return row && { account, kind, by: row.invited_by, state: row.state, answeredBy: row.answered_by, msgId: row.msg_id };
}

const everybody = 0;

export function addMentions(
  driver: Driver,
  conversation: number,
  seq: number,
  accounts: readonly string[],
): Promise<void> {
  return driver.transaction(async (sql) => {
    const all = accounts.includes('*');
    const ids = await idsOf(sql, all ? [] : accounts);
    for (const id of all ? [everybody] : ids.values())
      await sql.query(
        'INSERT INTO im_mention (conversation, account, seq) VALUES (?, ?, ?) ON CONFLICT (conversation, account, seq) DO NOTHING',
        [conversation, id, seq],
      );
  });
}

/** SQL for whether somebody is mentioned above `readSeq`; the arguments are SQL too. */
export function mentionedIn(conversation: string, account: string, readSeq: string): string {
  return `(SELECT count(*) FROM (SELECT 1 FROM im_mention x WHERE x.conversation = ${conversation}
    AND x.account IN (${everybody}, ${account}) AND x.seq > ${readSeq} LIMIT 1) mention)`;
}

function toGroup(row: StoredGroup): GroupRow {
  const { conversation, id, form, name, avatar, intro, announcement, version } = row;
  return {
    conversation,
    id,
    form,
    name,
    avatar,
    intro,
    announcement,
    version,
    joinMode: row.join_mode,
    inviteMode: row.invite_mode,
    mutedAll: row.muted_all !== 0,
    dismissed: row.dismissed !== 0,
    memberLimit: row.member_limit,
    createTime: row.create_time,
  };
}

function toMember({ account, role, since, join_time, nickname, until, muted, quiet }: StoredMember): GroupMemberRow {
  const notify = muted === 0 ? 'notify' : quiet === 0 ? 'silent' : 'off';
  return { account, role: roles[role]!, since, joinTime: join_time, nickname, mutedUntil: until ?? 0, notify };
}
