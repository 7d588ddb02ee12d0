import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { defaultFeatures, type Features } from '../protocol/frames.js';
import { Authenticator } from './auth/authenticator.js';
import { Jwt, loadKeys } from './auth/jwt.js';
import { LocalBus } from './bus/local-bus.js';
import { makeChat } from './chat/chat.js';
import { Indexer } from './chat/indexer.js';
import { CustomHooks } from './chat/custom-hooks.js';
import { systemClock } from './clock.js';
import { Failpoints } from './failpoints.js';
import { Links } from './files/links.js';
import { openFiles } from './files/open-files.js';
import { Orphans } from './files/orphans.js';
import { fileRoutes } from './files/routes.js';
import { AccountRates } from './gateway/account-rates.js';
import { TrustedProxies } from './gateway/client-address.js';
import { busyAfterMs } from './gateway/busy.js';
import { Gateway } from './gateway/gateway.js';
import { HeadCheck } from './gateway/head-check.js';
import { Hub } from './gateway/hub.js';
import { InFlight } from './gateway/in-flight.js';
import { Recheck } from './gateway/recheck.js';
import type { GatewayServices } from './gateway/services.js';
import { Turns } from './gateway/turns.js';
import { demoRoutes, makeDemoAccounts, makeDemoGroup } from './http/demo.js';
import { healthRoutes } from './http/health.js';
import { makeHttpServer } from './http/http-server.js';
import { CallRates } from './http/management/call-rates.js';
import { managementRoutes } from './http/management/management.js';
import { Signature } from './http/management/signature.js';
import { userActions } from './http/management/user.js';
import { listenMetrics } from './http/metrics-server.js';
import { staticRoutes } from './http/static.js';
import { Metrics } from './metrics.js';
import { demoDirectory, widgetDirectory } from './package-paths.js';
import { redPackets } from './red-packets.js';
import type { RunningServer, ServerOptions } from './server-options.js';
import { openStorage } from './storage/open-storage.js';
import type { Storage } from './storage/storage.js';
import { defaultTuning, type Tuning } from './tuning.js';

export { RefusedError } from './chat/custom-hooks.js';
export type { CustomConversation, CustomMessage, OnCustomMessage } from './chat/custom-hooks.js';
export type { RunningServer, ServerOptions } from './server-options.js';

/**
 * Puts a server together and starts it: the one place that names concrete classes.
 * @throws {StorageOpenError} and whatever keeps it from listening; nothing is left open then
 */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let last = opened.pop(); last; last = opened.pop()) await last();
  };
  try {
    const storage = await storageOf(options);
    opened.push(() => storage.close());
    const { services, bus, jwt } = await makeServices(options, storage);
    opened.push(() => bus.close());
    const { clock, logger, tuning } = services;
    const indexer = new Indexer(storage, bus, clock, tuning, logger);
    opened.push(() => indexer.close());
    const metricsPort = await startMetrics(options, services.metrics, opened);
    const http = await makeHttp(options, services, jwt, () => Promise.all([storage.check(), bus.check()]));
    const gateway = new Gateway(services, {
      origins: options.origins ?? 'same',
      proxies: options.proxies ?? new TrustedProxies([]),
    });
    gateway.attach(http.server);
    const orphans = await serveFiles(options, services, storage, http);
    opened.push(async () => orphans?.close());
    opened.push(() => http.close());
    opened.push(() => gateway.drain());
    const url = await http.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
    let closing: Promise<void> | undefined;
    return {
      url,
      port: (http.server.address() as AddressInfo).port,
      ...(metricsPort !== undefined && { metricsPort }),
      checkHeads: () => services.heads.check(),
      collectFiles: async () => orphans?.collect(),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function storageOf({ storage, databaseUrl, dataDir, failpoints }: ServerOptions): Promise<Storage> {
  if (storage) return Promise.resolve(storage);
  if (databaseUrl !== undefined) return openStorage({ databaseUrl });
  if (dataDir !== undefined) return openStorage({ dataDir, ...(failpoints && { failpoints }) });
  return Promise.reject(new TypeError('a server needs a storage, a databaseUrl or a dataDir'));
}

async function makeServices(options: ServerOptions, storage: Storage) {
  const clock = options.clock ?? systemClock;
  const now = (): number => clock.now();
  const logger = options.logger ?? silent();
  const { maxFileBytes = defaultTuning.maxFileBytes } = options;
  const tuning: Tuning = { ...defaultTuning, maxFileBytes, ...options.tuning };
  const metrics = new Metrics();
  const bus = options.bus ?? new LocalBus((error) => logger.error({ err: error }, 'a publication failed'));
  const features: Features = { ...defaultFeatures, ...options.features, maxFileBytes };
  const chat = makeChat(storage, bus, now, Failpoints.of(options.failpoints), tuning, features);
  const jwt = new Jwt(options.app.secret, now, options.jwks === undefined ? undefined : await loadKeys(options.jwks));
  const hub = new Hub(bus, chat.presence, metrics);
  const auth = new Authenticator(jwt, chat.accounts, now);
  const random = options.random ?? Math.random;
  new Recheck(bus, hub, auth, chat.accounts, logger, () => busyAfterMs({ random, tuning }));
  const hook = options.onCustomMessage ?? (options.demo ? redPackets(now) : undefined);
  const services: GatewayServices = {
    chat,
    ...(hook && { customHooks: new CustomHooks(hook, storage, chat.conversations) }),
    auth,
    hub,
    heads: new HeadCheck(storage, chat.conversations, bus, hub, metrics, logger, tuning.activeConversations),
    inFlight: new InFlight(),
    hellos: new Turns(tuning.hellosAtOnce),
    searchRates: new AccountRates(tuning.searchesPerAccount),
    accountRates: new AccountRates(tuning.sendsPerAccount),
    links: await Links.open(storage, now),
    reportRates: new AccountRates(tuning.reportsPerAccount),
    features,
    epoch: storage.epoch,
    clock,
    random,
    tuning,
    metrics,
    logger,
  };
  return { services, bus, jwt };
}

/** Uploads and downloads; `undefined` where there is no place for files. */
async function serveFiles(
  { files, dataDir, origins = 'same' }: ServerOptions,
  { auth, links, clock, tuning, logger, inFlight }: GatewayServices,
  storage: Storage,
  http: FastifyInstance,
): Promise<Orphans | undefined> {
  const option = files ?? (dataDir !== undefined && { directory: join(dataDir, 'files') });
  if (!option) return undefined;
  const setup = { store: await openFiles(option), storage, clock, tuning, logger };
  await fileRoutes(http, { ...setup, auth, links, origins, stopping: () => inFlight.closing });
  return new Orphans(setup);
}

async function makeHttp(
  options: ServerOptions,
  { chat, clock, inFlight, logger, tuning }: GatewayServices,
  jwt: Jwt,
  check: () => Promise<unknown>,
): Promise<FastifyInstance> {
  const http = await makeHttpServer(logger);
  const now = (): number => clock.now();
  healthRoutes(http, { stopping: () => inFlight.closing, check, logger });
  await managementRoutes(http, {
    signature: new Signature(options.app, now),
    rates: new CallRates(tuning, now),
    actions: userActions(chat.accounts),
    logger,
  });
  const demoDir = options.demoDir ?? demoDirectory();
  await staticRoutes(http, { widgetDir: options.widgetDir ?? widgetDirectory(), ...(options.demo && { demoDir }) });
  if (options.demo) {
    await makeDemoAccounts(chat.accounts);
    if (options.demoGroup) await makeDemoGroup(chat);
    await demoRoutes(http, jwt, options.origins ?? 'same', tuning.demoTokensPerMinute);
  }
  return http;
}

async function startMetrics(
  { host, metricsPort }: ServerOptions,
  metrics: Metrics,
  opened: (() => Promise<unknown>)[],
): Promise<number | undefined> {
  if (metricsPort === undefined) return undefined;
  metrics.collectProcess();
  const server = await listenMetrics(metrics.registry, host ?? '127.0.0.1', metricsPort);
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

function silent(): Logger {
  return pino({ level: 'silent' });
}
