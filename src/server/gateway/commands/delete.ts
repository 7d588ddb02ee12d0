import type { Command } from '../services.js';
import { mayPost } from './posting.js';

/** Takes messages out of the account's own sight. */
export const remove: Command<'delete'> = async (services, session, { r, cid, seqs }) => {
  mayPost(services, session);
  await services.chat.ownSight.hide(session.account, cid, [...new Set(seqs)]);
  session.send({ t: 'done', r });
};
