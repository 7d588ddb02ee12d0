import type { Command } from '../services.js';

/** Of those with whom the account has a conversation: whose presence the connection shows from now on: as it stands at once, then each change. */
export const watch: Command<'watch'> = async ({ chat, hub }, session, { accounts }) => {
  session.watches = accounts;
  const watched = await chat.presence.knownTo(session.account, [...new Set(accounts)]);
  // Another list came meanwhile, or the connection has gone.
  if (session.watches !== accounts || !session.out.open) return;
  hub.watch(session, watched);
  for (const account of watched)
    session.send({ t: 'user', event: { kind: 'presence', account, ...chat.presence.of(account) } });
};
