import type { AppendOutcome } from '../driver.js';
import type { NewMessage } from '../storage.js';
import type { Database } from './database.js';

type Stored = { id: string; seq: number; n: number; time: number; fingerprint: string };

/**
 * Gives the function that stores one message inside a transaction of its caller's. Prepared statements in a loop: without a
 * round trip between them, four small ones a message are faster than one large one a batch.
 */
export function sqliteAppend(db: Database): (message: NewMessage) => AppendOutcome {
  const sender = db.prepare('SELECT id FROM im_account WHERE account = ?');
  const earlier = db.prepare('SELECT id, seq, n, time, fingerprint FROM im_message WHERE sender = ? AND id_client = ?');
  const next = db.prepare(
    `UPDATE im_conversation SET seq = seq + 1, last_message = seq + 1, n = n + ?, update_time = max(update_time, ?) WHERE id = ? RETURNING seq, n`,
  );
  const insert = db.prepare(
    `INSERT INTO im_message (conversation, seq, n, sender, id, id_client, type, body, fingerprint, time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (message) => {
    const { conversation, from, idClient, id, type, body, fingerprint, time, counts } = message;
    const account = sender.get(from) as { id: number } | undefined;
    if (!account) throw new Error(`there is no account ${from}`);
    const first = earlier.get(account.id, idClient) as Stored | undefined;
    if (first) {
      if (first.fingerprint !== fingerprint) return 'id-reused';
      return { id: first.id, seq: first.seq, n: first.n, time: first.time, dup: true };
    }
    const place = next.get(Number(counts), time, conversation) as { seq: number; n: number } | undefined;
    if (!place) throw new Error(`there is no conversation ${conversation}`);
    const n = counts ? place.n : 0;
    insert.run(conversation, place.seq, n, account.id, id, idClient, type, body, fingerprint, time);
    return { id, seq: place.seq, n, time, dup: false };
  };
}
