import { parseConversationId } from '../../protocol/ids.js';
import type { Entry } from '../store/entry.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

/** The `conversations` store: the list as it was last seen, with each one's resume point. */
export function putEntries(tx: WriteTransaction, entries: readonly Entry[]): Promise<unknown>[] {
  const store = tx.objectStore('conversations');
  return entries.map(async (entry) => store.put(entry));
}

export async function allEntries(tx: ReadTransaction): Promise<Entry[]> {
  const rows = await tx.objectStore('conversations').getAll();
  return rows.filter(isEntry);
}

/** A damaged record is passed over: the server sends the conversation again, since it is not named among the heads. */
function isEntry(row: Entry): boolean {
  const { conversation, head, confirmedRead } = row as Partial<Entry>;
  return (
    typeof conversation?.id === 'string' &&
    parseConversationId(conversation.id) !== undefined &&
    typeof conversation.name === 'string' &&
    [conversation.lastSeq, conversation.unread, conversation.readSeq, conversation.updateTime].every(
      Number.isSafeInteger,
    ) &&
    Number.isSafeInteger(confirmedRead) &&
    (head === undefined || Number.isSafeInteger(head))
  );
}
