import { openStorage, type StorageOptions } from '../../../src/server/storage/open-storage.js';
import type { Log, LogRow } from '../check.js';
import { conversationKey } from '../history.js';

/** What the store of a server that is gone holds of the conversations of `pairs`. */
export async function readLog(options: StorageOptions, pairs: readonly (readonly [string, string])[]): Promise<Log> {
  const storage = await openStorage(options);
  try {
    const conversations = new Map<string, readonly LogRow[]>();
    for (const [a, b] of pairs) {
      const found = await storage.findDirect(a, b);
      if (!found) continue;
      const rows = await storage.messages(found.id, 1, Number.MAX_SAFE_INTEGER);
      conversations.set(
        conversationKey(a, b),
        rows.map(({ seq, id, idClient, from, body }) => {
          const { content } = JSON.parse(body) as { content: string };
          return { seq, id, idClient, from, content };
        }),
      );
    }
    return { conversations };
  } finally {
    await storage.close();
  }
}
