import { closeCodes } from '../../protocol/codes.js';
import { encodeFrame } from '../../protocol/encode.js';
import { busyAfterMs } from './busy.js';
import type { GatewayServices } from './services.js';
import type { Session } from './session.js';

type Services = Pick<GatewayServices, 'clock' | 'random' | 'tuning'>;

const ping = encodeFrame({ t: 'ping' });

/** One timer for all connections: pings, notices silence, and ends those whose time is over. */
export class Heartbeat {
  readonly #services: Services;
  readonly #sessions: Iterable<Session>;
  readonly #stop: () => void;

  constructor(services: Services, sessions: Iterable<Session>) {
    this.#services = services;
    this.#sessions = sessions;
    this.#stop = services.clock.every(services.tuning.tickMs, () => this.#tick());
  }

  stop(): void {
    this.#stop();
  }

  #tick(): void {
    const { clock, tuning } = this.#services;
    const now = clock.now();
    for (const session of this.#sessions) {
      if (now >= session.endsAt) this.#end(session);
      else if (session.pingedAt > session.lastHeard && now - session.pingedAt >= tuning.silenceMs)
        session.out.terminate();
      else if (session.phase === 'live' && now - session.pingedAt >= tuning.heartbeatMs) {
        session.pingedAt = now;
        session.out.send(ping);
      }
    }
  }

  // A page that froze while it connected, a slow line, a server with too much to do: no reason to stay away for good.
  #end({ out, phase }: Session): void {
    if (phase === 'live') out.bye(closeCodes.tokenExpired, 'the token has expired');
    else if (phase === 'new') out.bye(closeCodes.slow, 'slow: no hello came in time');
    else out.bye(closeCodes.busy, 'the hello could not be answered in time', busyAfterMs(this.#services));
  }
}
