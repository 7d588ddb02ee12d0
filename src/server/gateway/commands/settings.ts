import type { Command } from '../services.js';

/** Changes what is the account's own of a conversation. */
export const settings: Command<'settings'> = async ({ chat }, session, { r, cid, pinned, muted, custom }) => {
  const change = {
    ...(pinned !== undefined && { pinned }),
    ...(muted !== undefined && { muted }),
    ...(custom !== undefined && { custom }),
  };
  session.send({ t: 'conversation', r, conversation: await chat.views.update(session.account, cid, change) });
};
