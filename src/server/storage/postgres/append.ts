import type { AppendOutcome } from '../driver.js';
import type { NewMessage } from '../storage.js';

type Stored = { ord: number; id: string; seq: number; n: number; time: number; fingerprint: string; dup: boolean };

/**
 * One statement a batch, because each costs a round trip. Conversations are locked by ascending id and rows inserted by ascending
 * key: two nodes' batches wait for each other, and never in a circle. An unknown sender or conversation leaves a NULL where none may
 * be, which fails the batch.
 */
export const appendStatement = `
  WITH input AS MATERIALIZED (
    SELECT i.*, a.id AS sender
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
      WITH ORDINALITY AS i (conversation, sender_name, id_client, id, type, body, fingerprint, time, counts, ord)
    LEFT JOIN im_account a ON a.account = i.sender_name
  ), earlier AS MATERIALIZED (
    SELECT i.ord, e.id, e.seq, e.n, e.time, e.fingerprint
    FROM input i JOIN im_message e ON e.sender = i.sender AND e.id_client = i.id_client
  ), fresh AS MATERIALIZED (
    SELECT * FROM input WHERE ord NOT IN (SELECT ord FROM earlier)
  ), locked AS MATERIALIZED (
    SELECT id, seq, n FROM im_conversation WHERE id IN (SELECT conversation FROM fresh) ORDER BY id FOR NO KEY UPDATE
  ), placed AS MATERIALIZED (
    SELECT f.*, l.seq + row_number() OVER w AS seq, l.n + sum(f.counts) OVER w AS n
    FROM fresh f LEFT JOIN locked l ON l.id = f.conversation
    WINDOW w AS (PARTITION BY f.conversation ORDER BY f.ord)
  ), moved AS (
    UPDATE im_conversation c SET seq = p.seq, last_message = p.seq, n = p.n, update_time = greatest(c.update_time, p.time)
    FROM (SELECT conversation, max(seq) AS seq, max(n) AS n, max(time) AS time FROM placed GROUP BY conversation) p
    WHERE c.id = p.conversation
  ), inserted AS (
    INSERT INTO im_message (conversation, seq, n, sender, id, id_client, type, body, fingerprint, time)
    SELECT conversation, seq, n * counts, sender, id, id_client, type, body, fingerprint, time
    FROM placed ORDER BY sender, id_client
  )
  SELECT ord, id, seq, (n * counts)::bigint AS n, time, fingerprint, false AS dup FROM placed
  UNION ALL
  SELECT ord, id, seq, n, time, fingerprint, true AS dup FROM earlier`;

/** Stores a batch by `run`ning the statement above. Repeats within the batch are found here, so that the statement sees each key once. */
export async function postgresAppend(
  run: (values: readonly unknown[]) => Promise<unknown[]>,
  messages: readonly NewMessage[],
): Promise<AppendOutcome[]> {
  const firsts = new Map<string, number>();
  const distinct: NewMessage[] = [];
  const keys = messages.map(({ from, idClient }, i) => {
    const key = `${from} ${idClient}`;
    if (!firsts.has(key)) {
      firsts.set(key, i);
      distinct.push(messages[i]!);
    }
    return key;
  });

  const rows = (await run(columns(distinct))) as Stored[];
  // `ord` is the place among the distinct ones, and the map remembers these in the order in which they came.
  const inOrder = [...firsts.keys()];
  const stored = new Map(rows.map((row) => [inOrder[row.ord - 1], row]));
  return messages.map((message, i) => {
    const key = keys[i]!;
    const { id, seq, n, time, fingerprint, dup } = stored.get(key)!;
    if (fingerprint !== message.fingerprint) return 'id-reused';
    return { id, seq, n, time, dup: dup || firsts.get(key) !== i };
  });
}

function columns(messages: readonly NewMessage[]): unknown[][] {
  return [
    messages.map((message) => message.conversation),
    messages.map((message) => message.from),
    messages.map((message) => message.idClient),
    messages.map((message) => message.id),
    messages.map((message) => message.type),
    messages.map((message) => message.body),
    messages.map((message) => message.fingerprint),
    messages.map((message) => message.time),
    messages.map((message) => Number(message.counts)),
  ];
}
