import type { Command } from '../services.js';
import { ackTo, mayPost } from './posting.js';

/** Stores what somebody does to a message. It costs as much as a message, and is acked like one. */
export const act: Command<'act'> = (services, session, frame) => {
  mayPost(services, session);
  return services.chat.actions.act(session.account, frame, session.connection, ackTo(session, frame));
};
