import type { Driver, Sql } from './driver.js';
import { indexedWords } from '../search-text.js';

/** Places in one millisecond. */
export const placesPerMs = 1_000;

/** The index's word for a word of one conversation. */
export function placedWord(conversation: number, word: string): string {
  return `${conversation.toString(36)}:${word}`;
}

type Row = { seq: number; type: string; body: string; time: number };

/** Follows the log, a batch in a transaction: what is in the index, and how far it goes, are written together. */
export async function index(driver: Driver, conversations: readonly number[], limit: number): Promise<number[]> {
  const behind = [...new Set(conversations)].sort((a, b) => a - b);
  return driver.transaction(async (sql) => {
    let left = limit;
    const later: number[] = [];
    for (const conversation of behind) {
      if (left <= 0) {
        later.push(conversation);
        continue;
      }
      const taken = await indexNext(sql, driver, conversation, left);
      if (taken === left) later.push(conversation);
      left -= taken;
    }
    return later;
  });
}

/** @returns how many were taken */
async function indexNext(sql: Sql, driver: Driver, conversation: number, limit: number): Promise<number> {
  await sql.query('INSERT INTO im_indexed (conversation, seq) VALUES (?, 0) ON CONFLICT (conversation) DO NOTHING', [
    conversation,
  ]);
  const [at] = await sql.query<{ seq: number }>(
    `SELECT i.seq FROM im_indexed i WHERE i.conversation = ? ${driver.dialect.lockRows('i')}`,
    [conversation],
  );
  const rows = await sql.query<Row>(
    'SELECT seq, type, body, time FROM im_message WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?',
    [conversation, at!.seq, limit],
  );
  const [last] = await sql.query<{ place: number }>(
    'SELECT place FROM im_search WHERE conversation = ? ORDER BY seq DESC LIMIT 1',
    [conversation],
  );
  let above = last?.place ?? 0;
  for (const row of rows) above = await take(sql, driver, conversation, row, above);
  if (rows.length > 0)
    await sql.query('UPDATE im_indexed SET seq = ? WHERE conversation = ?', [rows.at(-1)!.seq, conversation]);
  return rows.length;
}

/**
 * A place is of the message's millisecond, above those of its log so far, and where there is room.
 * @returns the highest of the log
 */
async function take(
  sql: Sql,
  driver: Driver,
  conversation: number,
  { seq, type, body, time }: Row,
  above: number,
): Promise<number> {
  const words = indexedWords(type, body);
  if (words.length === 0) return above;
  const placed = words.map((word) => placedWord(conversation, word));
  let place = Math.max(time * placesPerMs + (conversation % placesPerMs), above + 1);
  while (!(await driver.dialect.search.put(sql, { place, conversation, seq, words: placed }))) place++;
  return place;
}

/** The one message anew. One that the index has not come to yet is left to it. */
export async function reindex(driver: Driver, conversation: number, seq: number): Promise<void> {
  await driver.transaction(async (sql) => {
    const [at] = await sql.query<{ seq: number }>(
      `SELECT i.seq FROM im_indexed i WHERE i.conversation = ? ${driver.dialect.lockRows('i')}`,
      [conversation],
    );
    if (!at || at.seq < seq) return;
    const [known] = await sql.query<{ place: number }>(
      'SELECT place FROM im_search WHERE conversation = ? AND seq = ?',
      [conversation, seq],
    );
    if (known) await driver.dialect.search.remove(sql, known.place);
    const [row] = await sql.query<Row>(
      'SELECT seq, type, body, time FROM im_message WHERE conversation = ? AND seq = ?',
      [conversation, seq],
    );
    if (row) await take(sql, driver, conversation, row, known ? known.place - 1 : 0);
  });
}

export async function unindexed(sql: Sql, account?: string): Promise<number[]> {
  const own = 'JOIN im_member m ON m.conversation = c.id JOIN im_account a ON a.id = m.account';
  const rows = await sql.query<{ id: number }>(
    `SELECT c.id FROM im_conversation c ${account === undefined ? '' : own}
     LEFT JOIN im_indexed i ON i.conversation = c.id
     WHERE c.seq > coalesce(i.seq, 0) ${account === undefined ? '' : 'AND a.account = ?'} ORDER BY c.update_time DESC`,
    account === undefined ? [] : [account],
  );
  return rows.map(({ id }) => id);
}
