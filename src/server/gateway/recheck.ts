import type { Logger } from 'pino';
import { closeCodes } from '../../protocol/codes.js';
import { AuthError } from '../auth/auth-error.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { Bus } from '../bus/bus.js';
import type { Accounts } from '../chat/accounts.js';
import type { Hub } from './hub.js';
import type { Session } from './session.js';

/** Ends the open connections of an account whose right, or whose token's, was taken away: a token is otherwise read only at the door. */
export class Recheck {
  readonly #hub: Hub;
  readonly #auth: Authenticator;
  readonly #accounts: Accounts;
  readonly #logger: Logger;
  readonly #busyAfterMs: () => number;

  /** @param busyMs when whoever could not be checked may come back */
  constructor(bus: Bus, hub: Hub, auth: Authenticator, accounts: Accounts, logger: Logger, busyMs: () => number) {
    this.#busyAfterMs = busyMs;
    this.#hub = hub;
    this.#auth = auth;
    this.#accounts = accounts;
    this.#logger = logger;
    bus.subscribe((publication) => {
      if (publication.topic === 'account' && publication.recheck) void this.#account(publication.account);
    });
  }

  async #account(account: string): Promise<void> {
    if (!this.#hub.has(account)) return;
    try {
      const row = await this.#accounts.fresh(account);
      for (const session of this.#hub.sessionsOf(account))
        this.#end(session, () => {
          if (!row) throw new AuthError(closeCodes.gone, 'the account does not exist any more');
          if (session.credential) this.#auth.check(row, session.credential);
        });
    } catch (error) {
      // Whoever cannot be checked here is checked at the door.
      this.#logger.error({ err: error, account }, 'the connections of an account could not be checked');
      for (const { out } of this.#hub.sessionsOf(account))
        out.bye(closeCodes.busy, 'the server cannot do this now', this.#busyAfterMs());
    }
  }

  #end(session: Session, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      this.#logger.info({ connection: session.connection, account: session.account, code: error.code }, error.message);
      session.out.bye(error.code, error.message);
    }
  }
}
