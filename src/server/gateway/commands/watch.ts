import type { Command } from '../services.js';

/** Whose presence the connection shows from now on: as it stands at once, then each change. */
export const watch: Command<'watch'> = ({ chat, hub }, session, { accounts }) => {
  const watched = [...new Set(accounts)];
  hub.watch(session, watched);
  for (const account of watched)
    session.send({ t: 'user', event: { kind: 'presence', account, ...chat.presence.of(account) } });
};
