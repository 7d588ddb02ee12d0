import type { Command } from '../services.js';

/** The client asks whether the line is alive. */
export const ping: Command<'ping'> = (_services, session) => {
  session.send({ t: 'pong' });
};
