import type { Driver } from './driver.js';
import { placedWord } from './index-log.js';
import { toMessage, type StoredMessage } from './messages.js';
import { linkWord } from '../search-text.js';
import type { MediaQuery, MessageRow } from './storage.js';

const columns = 'e.seq, e.n, e.id, e.id_client, a.account AS sender_name, e.type, e.body, e.time';

/** The condition of the index `im_message_file` stands in it as it is, so that a plan sees that it may be used. */
const files = (types: string): string =>
  `SELECT ${columns} FROM im_message e JOIN im_account a ON a.id = e.sender
   WHERE e.conversation = ? AND e.seq < ? AND e.type IN ('image', 'video', 'audio', 'file') AND e.type IN (${types})
   ORDER BY e.seq DESC LIMIT ?`;

const statements = { media: files(`'image', 'video'`), files: files(`'audio', 'file'`) } as const;

export async function media(
  driver: Driver,
  conversation: number,
  { kind, before = Number.MAX_SAFE_INTEGER, limit }: MediaQuery,
): Promise<MessageRow[]> {
  if (kind !== 'links')
    return (await driver.query<StoredMessage>(statements[kind], [conversation, before, limit])).map(toMessage);
  // Addresses are words of the index. A log's places ascend with its numbers, so what is older has a lower one.
  const [from] = await driver.query<{ place: number }>(
    'SELECT min(place) AS place FROM im_search WHERE conversation = ? AND seq >= ?',
    [conversation, before],
  );
  const places = await driver.dialect.search.find(driver, [[placedWord(conversation, linkWord)]], {
    prefix: false,
    before: from?.place ?? Number.MAX_SAFE_INTEGER,
    limit,
  });
  const rows: StoredMessage[] = [];
  for (const place of places)
    rows.push(
      ...(await driver.query<StoredMessage>(
        `SELECT ${columns} FROM im_search i JOIN im_message e ON e.conversation = i.conversation AND e.seq = i.seq
         JOIN im_account a ON a.id = e.sender WHERE i.place = ?`,
        [place],
      )),
    );
  return rows.map(toMessage);
}
