import { limits } from '../../protocol/limits.js';
import { applied, contentOf, emptied, refusalOf } from './action-rules.js';
import type { Driver, Sql } from './driver.js';
import { inList } from './in-list.js';
import { seenRows, toMessage, type StoredMessage } from './messages.js';
import type { ActOutcome, Edit, MessageRow, NewAction } from './storage.js';

type Earlier = {
  sender: number;
  id: string | null;
  seq: number;
  time: number;
  type: string;
  body: string;
  fingerprint: string;
};

/** Edits of one message that are told. */
const mostEdits = 100;

/**
 * Several actions in one transaction, each of them whole or not at all. The conversations are locked first, by ascending id as in `append`:
 * what decides on an action does not change before it is done.
 */
export async function act(driver: Driver, actions: readonly NewAction[]): Promise<(ActOutcome | 'id-reused')[]> {
  const lock = driver.dialect.lockRows('c');
  const conversations = [...new Set(actions.map(({ conversation }) => conversation))];
  return driver.transaction(async (sql) => {
    if (lock !== '') {
      const { places, filled } = inList(conversations);
      await sql.query(`SELECT c.id FROM im_conversation c WHERE c.id IN (${places}) ORDER BY c.id ${lock}`, filled);
    }
    const outcomes: (ActOutcome | 'id-reused')[] = [];
    for (const action of actions) outcomes.push(await one(sql, action));
    return outcomes;
  });
}

async function one(sql: Sql, action: NewAction): Promise<ActOutcome | 'id-reused'> {
  const { conversation, from, idClient, fingerprint, target } = action;
  const [earlier] = await sql.query<Earlier>(
    `SELECT a.id AS sender, e.id, e.seq, e.time, e.type, e.body, e.fingerprint
     FROM im_account a LEFT JOIN im_message e ON e.sender = a.id AND e.id_client = ? WHERE a.account = ?`,
    [idClient, from],
  );
  if (!earlier) throw new Error(`there is no account ${from}`);
  if (earlier.id !== null) {
    if (earlier.fingerprint !== fingerprint) return 'id-reused';
    const { id, seq, time, type, body } = earlier;
    return { id, seq, n: 0, time, dup: true, row: { seq, n: 0, id, idClient, from, type, body, time } };
  }
  const found = await targetOf(sql, conversation, target);
  const pins = action.act.kind === 'pin' && action.act.on ? await countPins(sql, conversation) : 0;
  const refused = refusalOf(found, action, pins);
  if (refused) return { refused };
  return store(sql, action, found!, earlier.sender);
}

async function store(sql: Sql, action: NewAction, found: MessageRow, sender: number): Promise<ActOutcome> {
  const { conversation, from, idClient, id, fingerprint, time, target, act } = action;
  const [place] = await sql.query<{ seq: number }>(
    'UPDATE im_conversation SET seq = seq + 1 WHERE id = ? RETURNING seq',
    [conversation],
  );
  const { seq } = place!;
  const bodies = applied(found, action, seq);
  await sql.query(
    `INSERT INTO im_message (conversation, seq, n, sender, id, id_client, type, body, fingerprint, time)
     VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
    [conversation, seq, sender, id, idClient, act.kind, bodies.own, fingerprint, time],
  );
  await sql.query('UPDATE im_message SET body = ? WHERE conversation = ? AND seq = ?', [
    bodies.target,
    conversation,
    target,
  ]);
  await follow(sql, action, found, seq);
  const row = { seq, n: 0, id, idClient, from, type: act.kind, body: bodies.own, time };
  return { id, seq, n: 0, time, dup: false, row };
}

/** What an action does beyond the message itself. */
async function follow(sql: Sql, { conversation, target, act, time }: NewAction, found: MessageRow, seq: number) {
  switch (act.kind) {
    case 'edit': {
      const first = [conversation, target, target, contentOf(found.body), found.time];
      const edit = 'INSERT INTO im_edit (conversation, target, seq, content, time) VALUES (?, ?, ?, ?, ?)';
      await sql.query(`${edit} ON CONFLICT DO NOTHING`, first);
      await sql.query(edit, [conversation, target, seq, act.content, time]);
      return;
    }
    case 'recall':
      // It gives up its `n`: it does not count as unread any more. Nothing of what it said stays.
      await sql.query('UPDATE im_message SET n = 0 WHERE conversation = ? AND seq = ?', [conversation, target]);
      await sql.query(
        `UPDATE im_message SET body = ? WHERE conversation = ? AND type = 'edit'
           AND seq IN (SELECT e.seq FROM im_edit e WHERE e.conversation = ? AND e.target = ?)`,
        [emptied(target), conversation, conversation, target],
      );
      await sql.query('DELETE FROM im_edit WHERE conversation = ? AND target = ?', [conversation, target]);
      await unpin(sql, conversation, target);
      return;
    case 'pin':
      if (!act.on) return unpin(sql, conversation, target);
      await sql.query(
        `INSERT INTO im_pin (conversation, target, seq) VALUES (?, ?, ?)
         ON CONFLICT (conversation, target) DO UPDATE SET seq = excluded.seq`,
        [conversation, target, seq],
      );
      return;
    case 'reaction':
      return;
  }
}

async function unpin(sql: Sql, conversation: number, target: number): Promise<void> {
  await sql.query('DELETE FROM im_pin WHERE conversation = ? AND target = ?', [conversation, target]);
}

async function targetOf(sql: Sql, conversation: number, seq: number): Promise<MessageRow | undefined> {
  const [row] = await sql.query<StoredMessage>(
    `SELECT e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time
     FROM im_message e JOIN im_account a ON a.id = e.sender WHERE e.conversation = ? AND e.seq = ?`,
    [conversation, seq],
  );
  return row && toMessage(row);
}

async function countPins(sql: Sql, conversation: number): Promise<number> {
  const query = 'SELECT count(*) AS pins FROM im_pin WHERE conversation = ?';
  const [row] = await sql.query<{ pins: number }>(query, [conversation]);
  return Number(row!.pins);
}

export async function pins(sql: Sql, conversation: number, viewer: string): Promise<MessageRow[]> {
  const rows = await sql.query<StoredMessage>(
    `${seenRows('im_pin p JOIN im_message e ON e.conversation = p.conversation AND e.seq = p.target')}
     WHERE p.conversation = ? ORDER BY p.seq DESC LIMIT ${limits.pins}`,
    [viewer, conversation],
  );
  return rows.map(toMessage);
}

export async function edits(sql: Sql, conversation: number, seq: number): Promise<Edit[]> {
  const rows = await sql.query<Edit>(
    `SELECT content, time FROM im_edit WHERE conversation = ? AND target = ? ORDER BY seq DESC LIMIT ${mostEdits}`,
    [conversation, seq],
  );
  return rows.reverse();
}
