// The server as built, in a process of its own, with the faults that it is told to have. Loaded first and started by a message, so that
// the next one stands ready while this one is being killed.
import { createServer } from 'im-elements/server';
import { systemClock } from '../../dist/lib/server/clock.js';
import { TrustedProxies } from '../../dist/lib/server/gateway/client-address.js';

process.once('message', async ({ proxies = [], aheadMs = 0, ...options }) => {
  const { port, metricsPort } = await createServer({
    origins: 'any',
    proxies: new TrustedProxies(proxies),
    clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
    ...options,
  });
  process.send({ port, metricsPort });
});
// Nobody is left to kill it.
process.once('disconnect', () => process.exit());
