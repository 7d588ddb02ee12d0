import type { GroupForm } from '../../protocol/group-forms.js';
import type { Sql, SqlValue } from './driver.js';
import { mentionedIn } from './groups/groups.js';
import { lastSeen } from './hidden.js';
import { toMessage, type StoredMessage } from './messages.js';
import type { ViewRow } from './storage.js';
import { unreadOf } from './unread.js';

type Stored = Omit<StoredMessage, 'seq' | 'n'> & {
  conversation: number;
  scene: ViewRow['scene'];
  update_time: number;
  last_seq: number;
  last_message: number | null;
  last_n: number | null;
  last_hidden: number | null;
  unread: number;
  read_seq: number;
  peer_read_seq: number | null;
  pinned: number;
  muted: number;
  put_away: boolean | number;
  marked_unread: number;
  custom: string;
  u: number;
  other: string;
  other_name: string;
  other_icon: string;
  since: number;
  mentioned: number;
  group_id: string | null;
  form: GroupForm | null;
  group_name: string | null;
  group_avatar: string | null;
};

/** The whole view of each of `chosen`'s rows: `account` (id), `conversation`. Somebody's conversation with themselves has no other member. */
const viewOf = (chosen: string) => `
  SELECT c.id AS conversation, c.scene, c.update_time, c.seq AS last_seq, m.read_seq, p.read_seq AS peer_read_seq,
    m.pinned, m.muted, m.hidden_n > c.n AS put_away, m.marked_unread, m.custom, m.u, o.account AS other, o.name AS other_name, o.icon AS other_icon,
    m.since, g.id AS group_id, g.form, g.name AS group_name, g.avatar AS group_avatar,
    CASE WHEN g.id IS NULL THEN 0 ELSE ${mentionedIn('c.id', 'm.account', 'm.read_seq')} END AS mentioned,
    e.seq AS last_message, e.n AS last_n, h.seq AS last_hidden, e.id, e.id_client, s.account AS sender_name, e.type, e.body, e.time,
    ${unreadOf('c.id', 'c.seq', 'm.account', 'm.read_seq')} AS unread
  FROM (${chosen}) v
  JOIN im_member m ON m.account = v.account AND m.conversation = v.conversation
  JOIN im_conversation c ON c.id = v.conversation
  LEFT JOIN im_member p ON c.scene = 'p2p' AND p.conversation = c.id AND p.account <> m.account
  LEFT JOIN im_account o ON o.id = coalesce(p.account, m.account)
  LEFT JOIN im_group g ON g.conversation = c.id
  LEFT JOIN im_message e ON e.conversation = c.id AND e.seq = c.last_message AND c.last_message > m.since
  LEFT JOIN im_hidden h ON h.account = v.account AND h.conversation = c.id AND h.seq = c.last_message
  LEFT JOIN im_account s ON s.id = e.sender`;

const one = viewOf(
  'SELECT i.account, i.conversation FROM im_account a JOIN im_member i ON i.account = a.id WHERE a.account = ? AND i.conversation = ?',
);

/** rank(), so that the conversations of the page's last millisecond come whole: `before` could not find the rest of them. */
const newest = (older: string) => `${viewOf(`
  SELECT account, conversation FROM (
    SELECT i.account, i.conversation, rank() OVER (ORDER BY k.update_time DESC) AS place
    FROM im_account a JOIN im_member i ON i.account = a.id JOIN im_conversation k ON k.id = i.conversation
    WHERE a.account = ? AND k.scene <> 'room' AND (k.seq > 0 OR i.u > 0) ${older}
  ) ranked WHERE place <= ?`)}
  ORDER BY c.update_time DESC, c.id DESC`;
const newestOfAll = newest('');
const newestBefore = newest('AND k.update_time < ?');

export async function view(sql: Sql, account: string, conversation: number): Promise<ViewRow | undefined> {
  const [row] = await sql.query<Stored>(one, [account, conversation]);
  return row && (await inSight(sql, account, [row]))[0];
}

export async function views(
  sql: Sql,
  account: string,
  { limit, before }: { limit: number; before?: number },
): Promise<ViewRow[]> {
  const values: SqlValue[] = before === undefined ? [account, limit] : [account, before, limit];
  const rows = await sql.query<Stored>(before === undefined ? newestOfAll : newestBefore, values);
  return inSight(sql, account, rows);
}

/** Where the account has deleted the newest message for itself, the newest that it sees: a look for each of those few. */
async function inSight(sql: Sql, account: string, rows: readonly Stored[]): Promise<ViewRow[]> {
  const found: ViewRow[] = [];
  for (const row of rows) {
    const { lastMessage, ...view } = toView(row);
    const last =
      row.last_hidden === null ? lastMessage : await lastSeen(sql, account, view.conversation, row.last_message!);
    found.push({ ...view, ...(last && { lastMessage: last }) });
  }
  return found;
}

function toView(row: Stored): ViewRow {
  const { conversation, scene, unread, custom, u } = row;
  return {
    conversation,
    scene,
    to: row.group_id ?? row.other,
    ...(row.form !== null && { form: row.form }),
    ...(row.since > 0 && { since: row.since }),
    ...(row.mentioned > 0 && { mentioned: true }),
    name: row.group_name ?? (row.other_name || row.other),
    avatar: row.group_avatar ?? row.other_icon,
    updateTime: row.update_time,
    lastSeq: row.last_seq,
    ...(row.last_message !== null && { lastMessage: toMessage({ ...row, seq: row.last_message, n: row.last_n! }) }),
    unread,
    readSeq: row.read_seq,
    ...(row.peer_read_seq !== null && { peerReadSeq: row.peer_read_seq }),
    pinned: row.pinned !== 0,
    muted: row.muted !== 0,
    hidden: Boolean(row.put_away),
    markedUnread: row.marked_unread !== 0,
    custom,
    u,
  };
}
