import { linkS } from '../../files/links.js';
import type { Command } from '../services.js';

/** Links to those of the files that the account may read: its own, and what is in a conversation of its own. Of the others nothing is said. */
export const files: Command<'files'> = async ({ chat, links }, session, { r, cid, ids }) => {
  const readable = await chat.attachments.readable(session.account, cid, ids);
  session.send({ t: 'files', r, urls: readable.map((id) => [id, links.make(id)]), ttlS: linkS });
};
