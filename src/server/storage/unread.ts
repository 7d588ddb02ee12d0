/** Above this many, unread messages are not counted on: the scan would grow with what nobody reads. */
const most = 1_000;

/** SQL for the number of others' counting messages above `seq`, at most 1,000. The arguments are SQL too. */
export function unreadAbove(conversation: string, account: string, seq: string): string {
  return `(SELECT count(*) FROM (SELECT 1 FROM im_message q
    WHERE q.conversation = ${conversation} AND q.seq > ${seq} AND q.n > 0 AND q.sender <> ${account} LIMIT ${most}) counted)`;
}
