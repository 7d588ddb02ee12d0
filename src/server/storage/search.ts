import type { Driver, Sql } from './driver.js';
import { queryIn } from './in-list.js';
import { placedWord, placesPerMs } from './index-log.js';
import { toMessage, type StoredMessage } from './messages.js';
import type { ContactRow, FoundRow, SearchQuery } from './storage.js';

/** A search goes through so many of the account's conversations, the newest. */
const mostConversations = 1_000;

type Stored = StoredMessage & { conversation: number; place: number };

export async function search(
  driver: Driver,
  account: string,
  { terms, conversation, before, limit }: SearchQuery,
): Promise<FoundRow[]> {
  // Membership is looked up here, whatever the caller has looked up.
  const own = await driver.query<{ id: number }>(
    `SELECT c.id FROM im_account a JOIN im_member m ON m.account = a.id JOIN im_conversation c ON c.id = m.conversation
     WHERE a.account = ? AND c.seq > 0 ${conversation === undefined ? '' : 'AND c.id = ?'}
     ORDER BY c.update_time DESC LIMIT ?`,
    [account, ...(conversation === undefined ? [] : [conversation]), mostConversations],
  );
  if (own.length === 0 || terms.length === 0) return [];
  const places = await driver.dialect.search.find(
    driver,
    own.map(({ id }) => terms.map((term) => placedWord(id, term))),
    { prefix: true, before: before === undefined ? Number.MAX_SAFE_INTEGER : before * placesPerMs, limit },
  );
  return found(driver, places);
}

async function found(sql: Sql, places: readonly number[]): Promise<FoundRow[]> {
  const rows = await queryIn<Stored>(
    sql,
    `SELECT i.place, i.conversation, e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time
     FROM im_search i JOIN im_message e ON e.conversation = i.conversation AND e.seq = i.seq
     JOIN im_account a ON a.id = e.sender WHERE i.place IN ({list})`,
    places,
  );
  return rows
    .sort((a, b) => b.place - a.place)
    .map((row) => ({ conversation: row.conversation, message: toMessage(row) }));
}

/** One-to-one only: a group is found by its name in the list. */
export async function contacts(sql: Sql, account: string, limit: number): Promise<ContactRow[]> {
  const rows = await sql.query<ContactRow>(
    `SELECT c.id AS conversation, o.account, o.name
     FROM im_account a JOIN im_member m ON m.account = a.id JOIN im_conversation c ON c.id = m.conversation
     JOIN im_member p ON p.conversation = c.id AND p.account <> m.account JOIN im_account o ON o.id = p.account
     WHERE a.account = ? AND c.scene = 'p2p' AND c.seq > 0 ORDER BY c.update_time DESC LIMIT ?`,
    [account, limit],
  );
  return rows.map(({ conversation, account: other, name }) => ({ conversation, account: other, name }));
}
