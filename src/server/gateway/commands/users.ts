import type { Command } from '../services.js';

/** Public faces of those accounts that exist. */
export const users: Command<'users'> = async ({ chat }, session, { r, accounts }) => {
  session.send({ t: 'users', r, users: await chat.accounts.profiles(accounts) });
};
