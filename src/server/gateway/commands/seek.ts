import type { Command } from '../services.js';

/** Which message is the first of a moment. */
export const seek: Command<'seek'> = async ({ chat }, session, { r, cid, time }) => {
  session.send({ t: 'place', r, seq: await chat.search.seqAt(session.account, cid, time) });
};
