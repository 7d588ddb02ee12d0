import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** The largest body that any route reads: a management call with all its fields full, URL-encoded. */
const bodyBytes = 64 * 1024;

/** How long the head of a request, and then its body, may take. */
const bodyMs = 30_000;

/**
 * The strictest policy that the widget works under; SECURITY.md names these lines for everybody's pages. Pictures of people may be
 * anywhere, so `https:` stands there; what is being sent is shown and played out of the page, so `blob:` does; a socket of the same host is `'self'`.
 */
const pagePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['lit-html'],
};

/** The HTTP server with what all routes share: headers, errors without insides. */
export async function makeHttpServer(logger: Logger): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: bodyBytes, forceCloseConnections: true });
  // Not of the server, which would cut uploads too: of every body that is to be read whole.
  app.server.headersTimeout = bodyMs;
  app.addHook('onRequest', (request, _reply, next) => {
    const { raw } = request;
    const isStream = raw.headers['content-type'] === 'application/offset+octet-stream';
    const hasBody = raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
    if (hasBody && !isStream) {
      const timer = setTimeout(() => raw.destroy(), bodyMs).unref();
      raw.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
    }
    next();
  });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: pagePolicy },
    xFrameOptions: { action: 'deny' },
    // Whoever terminates TLS in front of this server decides that.
    strictTransportSecurity: false,
  });
  await app.register(formbody, { bodyLimit: bodyBytes });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error, url: request.routeOptions.url }, 'a request failed');
    return reply.code(status).send({ error: status >= 500 ? 'the server failed at this' : error.message });
  });
  return app;
}
