import type { Logger } from 'pino';
import type { ClientFrame, ClientFrameOf, Features } from '../../protocol/frames.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { Chat } from '../chat/chat.js';
import type { CustomHooks } from '../chat/custom-hooks.js';
import type { Clock } from '../clock.js';
import type { Links } from '../files/links.js';
import type { Metrics } from '../metrics.js';
import type { Tuning } from '../tuning.js';
import type { AccountRates } from './account-rates.js';
import type { HeadCheck } from './head-check.js';
import type { Hub } from './hub.js';
import type { InFlight } from './in-flight.js';
import type { Session } from './session.js';
import type { Turns } from './turns.js';

/** What every connection of a server shares. */
export type GatewayServices = {
  readonly chat: Chat;
  /** Who looks at custom messages before they are stored. */
  readonly customHooks?: CustomHooks;
  readonly auth: Authenticator;
  readonly hub: Hub;
  readonly heads: HeadCheck;
  readonly inFlight: InFlight;
  /** In which those who come are let in: everybody may come at once after a restart. */
  readonly hellos: Turns;
  readonly accountRates: AccountRates;
  readonly searchRates: AccountRates;
  readonly links: Links;
  readonly reportRates: AccountRates;
  readonly features: Features;
  readonly epoch: string;
  readonly clock: Clock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly tuning: Tuning;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

/** Answers one type of frame. What it throws or rejects with becomes the `nack` or `error` of that frame, and of no other. */
export type Command<T extends ClientFrame['t']> = (
  services: GatewayServices,
  session: Session,
  frame: ClientFrameOf<T>,
) => void | Promise<void>;
