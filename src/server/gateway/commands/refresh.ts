import { AuthError } from '../../auth/auth-error.js';
import type { Command } from '../services.js';

/** A fresh token for the same account; a wrong one ends the connection, since it was all that the old one could be replaced by. */
export const refresh: Command<'refresh'> = async ({ auth }, session, { token }) => {
  try {
    const identity = await auth.verify(token, session.account, session.origin);
    session.admit(identity);
    session.send({ t: 'refreshed', ttlS: identity.ttlS });
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    session.out.bye(error.code, error.message);
  }
};
