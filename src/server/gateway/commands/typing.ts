import type { Command } from '../services.js';

/** Tells the others that the account writes, or stopped. */
export const typing: Command<'typing'> = ({ chat }, session, { cid, on }) =>
  chat.presence.typing(session.account, cid, on);
