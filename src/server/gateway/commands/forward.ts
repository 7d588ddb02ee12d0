import type { Command } from '../services.js';
import { ackTo, mayPost } from './posting.js';

/** Merges messages into one. Its sender gets the event too, since only the server knows what is in it. */
export const forward: Command<'forward'> = async (services, session, frame) => {
  mayPost(services, session);
  const { account, connection } = session;
  const event = await services.chat.forwards.forward(account, frame, connection, ackTo(session, frame));
  if (event !== undefined) session.deliver(`{"t":"event","cid":"${frame.cid}","event":${event}}`);
};
