import type { FastifyInstance } from 'fastify';
import { originAllowed, type Origins } from '../auth/origins.js';

/** Lets pages of the allowed origins, and no others, call the routes of `scope`: they hand out tokens. */
export function allowOrigins(scope: FastifyInstance, origins: Origins): void {
  scope.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    void reply.header('vary', 'origin').header('cache-control', 'no-store');
    if (origin === undefined) return;
    if (!originAllowed(origins, origin, host))
      return reply.code(403).send({ error: 'this origin is not in IM_ORIGINS' });
    void reply.header('access-control-allow-origin', origin).header('cross-origin-resource-policy', 'cross-origin');
    if (request.method !== 'OPTIONS') return;
    return reply
      .code(204)
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'content-type')
      .header('access-control-max-age', '600')
      .send();
  });
}
