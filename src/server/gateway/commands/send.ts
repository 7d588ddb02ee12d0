import type { Command } from '../services.js';
import { mayPost } from './posting.js';

/** Stores a message. The ack goes out after its commit; frames behind it are not held up. */
export const send: Command<'send'> = (services, session, frame) => {
  const { chat, clock, customHooks, metrics } = services;
  mayPost(services, session);
  const now = clock.now();
  const post = (): Promise<void> =>
    chat.messages.post(session.account, frame, session.connection, ({ id, seq, n, time, dup }, file) => {
      // Put together by hand: nothing but the file needs escaping, and it is the frame that is sent most.
      session.out.send(
        `{"t":"ack","idClient":"${frame.idClient}","id":"${id}","cid":"${frame.cid}",` +
          `"seq":${seq},"n":${n},"time":${time}${dup ? ',"dup":true' : ''}` +
          `${file ? `,"file":${JSON.stringify(file)}` : ''}}`,
      );
      metrics.acked(dup, clock.now() - now);
    });
  if (frame.type !== 'custom' || !customHooks) return post();
  return customHooks.through(session.account, frame, post);
};
