import { deleteDB, openDB } from 'idb';
import { storeNames, type Database, type Schema } from './schema.js';

/** What exists nowhere but here as long as the server does not have it. */
const unsent = 'outbox';
const keptWithIt: readonly string[] = [unsent, 'files'];

/**
 * Removes what this browser kept of an account: the whole database, or, where something written was never sent, all of it but that. Nobody may
 * have it open.
 */
export async function wipeDatabase(name: string): Promise<void> {
  // Whatever version it is of, and made empty where there is none.
  const db: Database = await openDB<Schema>(name);
  const kept = storeNames.filter((store) => db.objectStoreNames.contains(store));
  const waiting = kept.includes(unsent) ? await db.count(unsent) : 0;
  if (waiting > 0) {
    const tx = db.transaction(kept, 'readwrite');
    for (const store of kept) if (!keptWithIt.includes(store)) void tx.objectStore(store).clear();
    await tx.done;
  }
  db.close();
  if (waiting === 0) await deleteDB(name);
}
