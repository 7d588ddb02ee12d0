import type { Command } from '../services.js';

/** One conversation by its id. */
export const conversation: Command<'conversation'> = async ({ chat }, session, { r, cid }) => {
  session.send({ t: 'conversation', r, conversation: await chat.views.info(session.account, cid) });
};
