import type { Command } from '../services.js';

/** Moves the account's read marker. */
export const read: Command<'read'> = ({ chat }, session, { cid, seq }) =>
  chat.receipts.markRead(session.account, cid, seq);
