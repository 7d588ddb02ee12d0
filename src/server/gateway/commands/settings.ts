import type { Command } from '../services.js';

/** Changes what is the account's own of a conversation. */
export const settings: Command<'settings'> = async ({ chat }, session, frame) => {
  const { r, cid, pinned, muted, hidden, markedUnread, custom } = frame;
  const change = {
    ...(pinned !== undefined && { pinned }),
    ...(muted !== undefined && { muted }),
    ...(hidden !== undefined && { hidden }),
    ...(markedUnread !== undefined && { markedUnread }),
    ...(custom !== undefined && { custom }),
  };
  if (muted !== undefined && cid.startsWith('group-')) await chat.groups.setMuted(session.account, cid, muted);
  session.send({ t: 'conversation', r, conversation: await chat.views.update(session.account, cid, change) });
};
