/** Above this many, unread messages are not counted on. */
const most = 1_000;

/**
 * How far below the head they are looked for. Somebody's own messages are gone through and not counted, so that without a bound a
 * person could write, never read, and have each look at the list go through all of it, with the store's one thread.
 */
const depth = 20_000;

/**
 * SQL for the number of others' counting messages above `readSeq`, at most 1,000; `head` is the conversation's `seq`. The
 * arguments are SQL too.
 */
export function unreadOf(conversation: string, head: string, account: string, readSeq: string): string {
  return `(SELECT count(*) FROM (SELECT 1 FROM im_message q
    WHERE q.conversation = ${conversation}
      AND q.seq > CASE WHEN ${readSeq} < ${head} - ${depth} THEN ${head} - ${depth} ELSE ${readSeq} END
      AND q.n > 0 AND q.sender <> ${account} LIMIT ${most}) counted)`;
}
