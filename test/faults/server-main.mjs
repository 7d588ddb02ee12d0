// The server as built, in a process of its own, with the faults that it is told to have. Loaded first and started by a message, so that
// the next one stands ready while this one is being killed.
import { createServer } from 'im-elements/server';

process.once('message', async (options) => {
  const { port, metricsPort } = await createServer({ origins: 'any', ...options });
  process.send({ port, metricsPort });
});
// Nobody is left to kill it.
process.once('disconnect', () => process.exit());
