import type { Draft } from './cache.js';
import type { ReadTransaction, WriteTransaction } from './schema.js';

/** The `drafts` store: what stands unsent in composers. Apart from the conversations, since every tab writes those. */
export function putDrafts(tx: WriteTransaction, drafts: readonly Draft[]): Promise<unknown>[] {
  const store = tx.objectStore('drafts');
  return drafts.map(async (draft) => (draft.text === '' ? store.delete(draft.cid) : store.put(draft)));
}

export async function allDrafts(tx: ReadTransaction): Promise<Draft[]> {
  const rows = await tx.objectStore('drafts').getAll();
  return rows.filter((row) => typeof row.cid === 'string' && typeof row.text === 'string');
}
