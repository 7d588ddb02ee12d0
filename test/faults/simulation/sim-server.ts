import { pino } from 'pino';
import { defaultFeatures } from '../../../src/protocol/frames.js';
import { Authenticator } from '../../../src/server/auth/authenticator.js';
import { makeChat } from '../../../src/server/chat/chat.js';
import { Links } from '../../../src/server/files/links.js';
import { AccountRates } from '../../../src/server/gateway/account-rates.js';
import { TrustedProxies } from '../../../src/server/gateway/client-address.js';
import { Gateway } from '../../../src/server/gateway/gateway.js';
import { HeadCheck } from '../../../src/server/gateway/head-check.js';
import { Hub } from '../../../src/server/gateway/hub.js';
import { InFlight } from '../../../src/server/gateway/in-flight.js';
import { Turns } from '../../../src/server/gateway/turns.js';
import type { GatewayServices } from '../../../src/server/gateway/services.js';
import { Metrics } from '../../../src/server/metrics.js';
import { defaultTuning, type Tuning } from '../../../src/server/tuning.js';
import type { Disk, StoreTurn } from './disk.js';
import { Host, serverClock } from './host.js';
import type { Line } from './line.js';
import { SimBus, type Publisher } from './sim-bus.js';
import { SimJwt } from './tokens.js';

export type ServerSetup = {
  readonly host: Host;
  readonly disk: Disk;
  readonly tuning: Partial<Tuning>;
  readonly turn: StoreTurn;
  readonly publisher: Publisher;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Something went wrong that no frame's answer tells. */
  readonly onFault: (error: unknown) => void;
};

const logger = pino({ level: 'silent' });
const proxies = new TrustedProxies([]);

/** One life of the server's process: the real gateway and chat, on the fake store, bus and clock. */
export class SimServer {
  readonly host: Host;
  readonly hub: Hub;
  readonly #gateway: Gateway;

  constructor({ host, disk, tuning: changes, turn, publisher, random, onFault }: ServerSetup) {
    const clock = serverClock(host);
    const now = (): number => clock.now();
    const tuning: Tuning = { ...defaultTuning, ...changes };
    const storage = disk.open(turn, now);
    const metrics = new Metrics();
    const bus = new SimBus(publisher, onFault);
    const chat = makeChat(storage, bus, now, undefined, tuning);
    const hub = new Hub(bus, chat.presence, metrics);
    const services: GatewayServices = {
      chat,
      auth: new Authenticator(new SimJwt(now), chat.accounts, now),
      hub,
      heads: new HeadCheck(storage, chat.conversations, bus, hub, metrics, logger, tuning.activeConversations),
      inFlight: new InFlight(),
      searchRates: new AccountRates(tuning.searchesPerAccount),
      accountRates: new AccountRates(tuning.sendsPerAccount),
      links: new Links(Buffer.alloc(32), now),
      reportRates: new AccountRates(tuning.reportsPerAccount),
      features: defaultFeatures,
      epoch: storage.epoch,
      hellos: new Turns(tuning.hellosAtOnce),
      ...{ clock, random, tuning, metrics, logger },
    };
    this.host = host;
    this.hub = hub;
    this.#gateway = new Gateway(services, { origins: 'any', proxies });
  }

  /** Takes a connection, now or when it is thawed. */
  accept(line: Line): void {
    this.host.run(() => {
      line.taken(this.host);
      this.#gateway.open(line.server, line.server, { origin: undefined, host: 'chat.example', address: '10.0.0.1' });
    });
  }

  /** An orderly end: everybody is told. */
  drain(): Promise<void> {
    return this.#gateway.drain();
  }
}
