import { storedEventJson } from '../../chat/log-event.js';
import type { Command } from '../services.js';
import { admitSearch } from './search.js';

/** Pictures, files or addresses of one conversation. */
export const media: Command<'media'> = (services, session, frame) => {
  admitSearch(services, session);
  const { r, cid, kind, before, limit } = frame;
  session.answerInTurn(frame, async () => {
    const query = { kind, limit, ...(before !== undefined && { before }) };
    const { rows, more } = await services.chat.search.media(session.account, cid, query);
    const hits = rows.map((row) => `{"cid":"${cid}","event":${storedEventJson(row)}}`).join(',');
    return `{"t":"found","r":${r},"people":[],"conversations":[],"hits":[${hits}],"more":${more}}`;
  });
};
