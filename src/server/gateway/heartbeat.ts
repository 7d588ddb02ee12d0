import { closeCodes } from '../../protocol/codes.js';
import { encodeFrame } from '../../protocol/encode.js';
import type { Clock } from '../clock.js';
import type { Tuning } from '../tuning.js';
import type { Session } from './session.js';

type Times = Pick<Tuning, 'heartbeatMs' | 'silenceMs' | 'tickMs'>;

const ping = encodeFrame({ t: 'ping' });

/** One timer for all connections: pings, notices silence, and ends those whose time is over. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #times: Times;
  readonly #sessions: Iterable<Session>;
  readonly #stop: () => void;

  constructor(clock: Clock, times: Times, sessions: Iterable<Session>) {
    this.#clock = clock;
    this.#times = times;
    this.#sessions = sessions;
    this.#stop = clock.every(times.tickMs, () => this.#tick());
  }

  stop(): void {
    this.#stop();
  }

  #tick(): void {
    const now = this.#clock.now();
    for (const session of this.#sessions) {
      if (now >= session.endsAt) end(session);
      else if (session.pingedAt > session.lastHeard && now - session.pingedAt >= this.#times.silenceMs)
        session.out.terminate();
      else if (session.phase === 'live' && now - session.pingedAt >= this.#times.heartbeatMs) {
        session.pingedAt = now;
        session.out.send(ping);
      }
    }
  }
}

function end(session: Session): void {
  if (session.phase === 'live') session.out.bye(closeCodes.tokenExpired, 'the token has expired');
  else session.out.bye(closeCodes.badFrame, 'no hello came');
}
