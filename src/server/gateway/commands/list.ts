import { encodeFrame } from '../../../protocol/encode.js';
import { infoOf } from '../../chat/views.js';
import { guardRequested } from '../guard-requested.js';
import type { Command } from '../services.js';

/** The account's conversations, newest first. */
export const list: Command<'list'> = async (services, session, { r, limit, before }) => {
  guardRequested(services, session);
  const { rows, more } = await services.chat.views.page(session.account, limit, before);
  session.out.sendRequested(encodeFrame({ t: 'list', r, items: rows.map(infoOf), more }));
};
