import { closeCodes, errorCodes } from '../../../protocol/codes.js';
import { protocolVersion, type ClientFrameOf } from '../../../protocol/frames.js';
import { AuthError } from '../../auth/auth-error.js';
import type { Identity } from '../../auth/authenticator.js';
import { ChatError } from '../../chat/chat-error.js';
import { busyAfterMs } from '../busy.js';
import { resume } from '../resume.js';
import type { Command, GatewayServices } from '../services.js';
import type { Session } from '../session.js';

/** The keys that a token is checked with may have to be fetched first. */
const greetingMs = 20_000;

/** The first frame: whose connection this is, and where the client left off. */
export const hello: Command<'hello'> = async (services, session, frame) => {
  if (session.phase !== 'new') throw new ChatError(errorCodes.forbidden, 'this connection has said hello before');
  if (frame.v !== protocolVersion)
    return session.out.bye(closeCodes.badFrame, `this server speaks version ${protocolVersion} of the protocol`);
  session.phase = 'greeting';
  session.endsAt = services.clock.now() + greetingMs;
  try {
    const identify = await services.auth.prove(frame.token, frame.account, session.origin);
    if (services.hellos.waiting >= services.tuning.hellosWaiting)
      return session.out.bye(closeCodes.busy, 'too many come at once', busyAfterMs(services));
    await services.hellos.run(async (leave) => {
      // Whoever waited too long has gone, and comes again.
      if (!session.out.open) return;
      const identity = await identify();
      if (!session.out.open) return;
      greet(services, session, frame, identity);
      await resume(services, session, identity.ttlS, frame.resume, leave);
    });
  } catch (error) {
    if (error instanceof AuthError) {
      services.logger.info({ connection: session.connection, account: frame.account, code: error.code }, error.message);
      return session.out.bye(
        error.code,
        error.message,
        error.code === closeCodes.busy ? busyAfterMs(services) : undefined,
      );
    }
    // Without a resume the connection is of no use: the client shall try again, not wait.
    services.logger.error({ err: error, connection: session.connection }, 'a hello failed');
    session.out.bye(closeCodes.busy, 'the server cannot do this now', busyAfterMs(services));
  }
};

/** Subscribes before the log is read, so that nothing falls between the two. */
function greet(
  { hub, tuning }: GatewayServices,
  session: Session,
  frame: ClientFrameOf<'hello'>,
  identity: Identity,
): void {
  session.admit(identity);
  session.tab = `${frame.device} ${frame.tab}`;
  session.hold();
  const others = hub.sessionsOf(session.account);
  hub.add(session);
  session.phase = 'live';
  // A tab that lost its network is back before the server has noticed that it was gone.
  for (const other of others)
    if (other.tab === session.tab) other.out.bye(closeCodes.elsewhere, 'this tab has connected anew');
  const open = others.filter((other) => other.out.open);
  for (const oldest of open.slice(0, Math.max(open.length + 1 - tuning.socketsPerAccount, 0)))
    oldest.out.bye(closeCodes.busy, 'too many connections of this account', 30_000);
}
