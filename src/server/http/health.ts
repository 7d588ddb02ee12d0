import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

export type Health = {
  readonly stopping: () => boolean;
  /** Rejects while the store or the bus cannot be reached. */
  readonly check: () => Promise<unknown>;
  readonly logger: Logger;
};

/** `/healthz`: the process answers. `/readyz`: it can do its work, and is not about to stop. */
export function healthRoutes(app: FastifyInstance, { stopping, check, logger }: Health): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (stopping()) return reply.code(503).send({ ready: false, reason: 'this server is about to stop' });
    try {
      await check();
      return { ready: true };
    } catch (error) {
      // Whoever asks may be anybody: what is wrong, and with which address, stands in the log.
      logger.warn({ err: error }, 'not ready');
      return reply.code(503).send({ ready: false, reason: 'the store or the bus cannot be reached' });
    }
  });
}
