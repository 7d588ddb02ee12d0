import type { Driver, Sql } from './driver.js';
import { queryIn } from './in-list.js';
import type { ConversationRow } from './storage.js';

type Stored = { id: number; scene: ConversationRow['scene']; seq: number; n: number; update_time: number };

const columns = 'id, scene, seq, n, update_time';

export async function findDirect(sql: Sql, a: string, b: string): Promise<ConversationRow | undefined> {
  // The count, so that somebody and an account that is not there do not give somebody's conversation with themselves.
  const [row] = await sql.query<Stored>(
    `SELECT ${columns} FROM im_conversation WHERE (direct_low, direct_high) =
       (SELECT min(id), max(id) FROM im_account WHERE account IN (?, ?) HAVING count(*) = ?)`,
    [a, b, a === b ? 1 : 2],
  );
  return row && toConversation(row, a, b);
}

export async function ensureDirect(driver: Driver, a: string, b: string): Promise<ConversationRow> {
  const found = await findDirect(driver, a, b);
  if (found) return found;
  return driver.transaction(async (sql) => {
    const ids = await memberIds(sql, a, b);
    const [made] = await sql.query<Stored>(
      `INSERT INTO im_conversation (scene, direct_low, direct_high, seq, n, update_time) VALUES ('p2p', ?, ?, 0, 0, 0)
       ON CONFLICT (direct_low, direct_high) DO NOTHING RETURNING ${columns}`,
      [Math.min(...ids), Math.max(...ids)],
    );
    if (made) {
      for (const id of new Set(ids)) await addMember(sql, made.id, id);
      return toConversation(made, a, b);
    }
    const other = await findDirect(sql, a, b);
    if (!other) throw new Error(`the conversation of ${a} and ${b} vanished while it was made`);
    return other;
  });
}

export async function heads(sql: Sql, conversations: readonly number[]): Promise<Map<number, number>> {
  const rows = await queryIn<{ id: number; seq: number }>(
    sql,
    'SELECT id, seq FROM im_conversation WHERE id IN ({list})',
    conversations,
  );
  return new Map(rows.map((row) => [row.id, row.seq]));
}

async function addMember(sql: Sql, conversation: number, account: number): Promise<void> {
  await sql.query(
    `INSERT INTO im_member (conversation, account, read_seq, pinned, muted, custom, u) VALUES (?, ?, 0, 0, 0, '', 0)`,
    [conversation, account],
  );
}

async function memberIds(sql: Sql, ...accounts: string[]): Promise<number[]> {
  const rows = await queryIn<{ id: number; account: string }>(
    sql,
    'SELECT id, account FROM im_account WHERE account IN ({list})',
    accounts,
  );
  const ids = new Map(rows.map((row) => [row.account, row.id]));
  return accounts.map((account) => {
    const id = ids.get(account);
    if (id === undefined) throw new Error(`there is no account ${account}`);
    return id;
  });
}

function toConversation(row: Stored, a: string, b: string): ConversationRow {
  const { id, scene, seq, n } = row;
  return { id, scene, members: a === b ? [a] : [a, b].sort(), seq, n, updateTime: row.update_time };
}
