import type { Logger } from 'pino';
import { readConfig, type Config } from '../config.js';
import { createServer } from '../create-server.js';
import { demoApp } from '../demo-app.js';
import { makeLogger } from '../logger.js';
import type { RunningServer } from '../server-options.js';
import { fail } from './fail.js';

/** The longest that a shutdown takes. */
const stopMs = 30_000;

/** Starts the server, and stops it at SIGTERM or SIGINT. */
export async function serve(env: NodeJS.ProcessEnv, demo: boolean): Promise<void> {
  const config = readConfig(env, demo);
  const logger = await makeLogger(config.logLevel);
  const { app, made } = config.app ? { app: config.app, made: false } : await demoApp(config.dataDir);
  const { databaseUrl, ...rest } = config;
  const store = databaseUrl === undefined ? {} : { databaseUrl };
  const server = await createServer({ ...rest, ...store, app, logger, demoGroup: !env['IM_TEST_NO_DEMO_GROUP'] });
  announce(logger, config, server);
  if (made) logger.info(`made up for this demo: IM_APP_KEY=${app.key} IM_APP_SECRET=${app.secret}`);
  stopOnSignal(server, logger);
}

/** Three lines: where, with what store, for whom. */
function announce(logger: Logger, { demo, dataDir, databaseUrl, origins, host }: Config, server: RunningServer): void {
  const url = host === '127.0.0.1' ? `http://localhost:${server.port}` : server.url;
  logger.info(`listening on ${url}: WebSocket /ws, management API /nimserver, widget /im-elements.js`);
  logger.info(
    databaseUrl === undefined
      ? `messages are kept in ${dataDir}`
      : `messages are kept in PostgreSQL at ${new URL(databaseUrl).host}`,
  );
  if (demo) logger.info(`demo: open ${url}/ (anybody who can reach this port gets a token for any account)`);
  else
    logger.info(
      `pages that may connect: ${typeof origins === 'string' ? 'those of this host (IM_ORIGINS)' : [...origins].join(', ')}`,
    );
}

function stopOnSignal(server: RunningServer, logger: Logger): void {
  const stop = (signal: NodeJS.Signals): void => {
    logger.info(`${signal}: finishing what is in flight`);
    setTimeout(() => fail(new Error(`could not stop within ${stopMs / 1000} s`)), stopMs).unref();
    server.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
