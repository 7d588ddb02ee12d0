import * as v from 'valibot';
import { ConversationId, ConversationInfo, Count, WireMessage } from '../../protocol/model.js';
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

const LastMessage = v.object({
  ...WireMessage.entries,
  conversationId: ConversationId,
  scene: v.picklist(['p2p', 'group']),
  to: v.string(),
  flow: v.picklist(['in', 'out']),
  status: v.literal('success'),
  seq: v.exactOptional(Count),
});

const StoredEntry = v.object({
  head: v.exactOptional(Count),
  confirmedRead: Count,
  conversation: v.object({ ...ConversationInfo.entries, lastMsg: v.exactOptional(LastMessage) }),
});

/** A damaged record is passed over: the server sends the conversation again, since it is not named among the heads. */
function isEntry(row: unknown): row is Entry {
  return v.is(StoredEntry, row);
}
