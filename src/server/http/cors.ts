import type { FastifyInstance } from 'fastify';
import { originAllowed, type Origins } from '../auth/origins.js';

/** What a page may do with the routes, and read of their answers. */
export type CorsWords = { readonly methods: string; readonly headers: string; readonly exposed?: string };

const posts: CorsWords = { methods: 'POST', headers: 'content-type' };

/** Lets pages of the allowed origins, and no others, call the routes of `scope`: they hand out tokens, or take one. */
export function allowOrigins(scope: FastifyInstance, origins: Origins, words = posts): void {
  scope.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    void reply.header('vary', 'origin').header('cache-control', 'no-store');
    if (origin === undefined) return;
    if (!originAllowed(origins, origin, host))
      return reply.code(403).send({ error: 'this origin is not in IM_ORIGINS' });
    void reply.header('access-control-allow-origin', origin).header('cross-origin-resource-policy', 'cross-origin');
    if (words.exposed !== undefined) void reply.header('access-control-expose-headers', words.exposed);
    if (request.method !== 'OPTIONS') return;
    return reply
      .code(204)
      .header('access-control-allow-methods', words.methods)
      .header('access-control-allow-headers', words.headers)
      .header('access-control-max-age', '600')
      .send();
  });
}
