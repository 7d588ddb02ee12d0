import type { Driver, Sql, SqlValue } from './driver.js';
import type { ReadMarked, ViewChange } from './storage.js';
import { unreadOf } from './unread.js';

type Member = {
  id: number;
  account: string;
  scene: string;
  read_seq: number;
  marked_unread: number;
  head: number;
};

// Every transaction here takes member rows first, then accounts, each by ascending id: two that meet wait, and never for each other.

export async function markRead(
  driver: Driver,
  account: string,
  conversation: number,
  seq: number,
): Promise<ReadMarked | undefined> {
  return driver.transaction(async (sql) => {
    const members = await sql.query<Member>(
      `SELECT m.account AS id, a.account, c.scene, m.read_seq, m.marked_unread, c.seq AS head
       FROM im_member m JOIN im_account a ON a.id = m.account JOIN im_conversation c ON c.id = m.conversation
       WHERE m.conversation = ? AND (a.account = ? OR c.scene = 'p2p') ORDER BY m.account ${driver.dialect.lockRows('m')}`,
      [conversation, account],
    );
    const reader = members.find((member) => member.account === account);
    if (!reader) return undefined;
    const mark = Math.max(Math.min(seq, reader.head), reader.read_seq);
    if (mark === reader.read_seq && reader.marked_unread === 0) return undefined;

    const counters = new Map<number, number>();
    for (const { id } of members) counters.set(id, await nextU(sql, id));
    for (const { id } of members) await putU(sql, conversation, id, counters.get(id)!);
    await sql.query('UPDATE im_member SET read_seq = ?, marked_unread = 0 WHERE conversation = ? AND account = ?', [
      mark,
      conversation,
      reader.id,
    ]);
    const [row] = await sql.query<{ unread: number; head: number }>(
      `SELECT ${unreadOf('c.id', 'c.seq', 'm.account', 'm.read_seq')} AS unread, c.seq AS head
       FROM im_member m JOIN im_conversation c ON c.id = m.conversation WHERE m.conversation = ? AND m.account = ?`,
      [conversation, reader.id],
    );
    const peer = members.find((member) => member !== reader);
    return {
      seq: mark,
      unread: row!.unread,
      head: row!.head,
      u: counters.get(reader.id)!,
      ...(peer && { peer: { account: peer.account, u: counters.get(peer.id)! } }),
    };
  });
}

export async function updateView(
  driver: Driver,
  account: string,
  conversation: number,
  change: ViewChange,
): Promise<number> {
  return driver.transaction(async (sql) => {
    const [member] = await sql.query<{ id: number }>(
      `SELECT m.account AS id FROM im_member m JOIN im_account a ON a.id = m.account
       WHERE a.account = ? AND m.conversation = ? ${driver.dialect.lockRows('m')}`,
      [account, conversation],
    );
    if (!member) throw new Error(`${account} is no member of conversation ${conversation}`);
    if (change.hidden !== undefined)
      await sql.query(
        `UPDATE im_member SET hidden_n = ${change.hidden ? hiddenNow : '0'} WHERE conversation = ? AND account = ?`,
        [conversation, member.id],
      );
    for (const [column, value] of changes(change))
      await sql.query(`UPDATE im_member SET ${column} = ? WHERE conversation = ? AND account = ?`, [
        value,
        conversation,
        member.id,
      ]);
    const u = await nextU(sql, member.id);
    await putU(sql, conversation, member.id, u);
    return u;
  });
}

const hiddenNow = '(SELECT n + 1 FROM im_conversation c WHERE c.id = im_member.conversation)';

function* changes({ pinned, muted, markedUnread, custom }: ViewChange): Generator<[string, SqlValue]> {
  if (pinned !== undefined) yield ['pinned', Number(pinned)];
  if (muted !== undefined) yield ['muted', Number(muted)];
  if (markedUnread !== undefined) yield ['marked_unread', Number(markedUnread)];
  if (custom !== undefined) yield ['custom', custom];
}

export async function nextU(sql: Sql, account: number): Promise<number> {
  const [row] = await sql.query<{ u: number }>('UPDATE im_account SET u = u + 1 WHERE id = ? RETURNING u', [account]);
  return row!.u;
}

export async function putU(sql: Sql, conversation: number, account: number, u: number): Promise<void> {
  await sql.query('UPDATE im_member SET u = ? WHERE conversation = ? AND account = ?', [u, conversation, account]);
}
