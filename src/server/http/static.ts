import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

export type StaticOptions = {
  /** Where the widget was built to. */
  readonly widgetDir: string;
  /** Pages for a newcomer; absent outside `--demo`. */
  readonly demoDir?: string;
};

const entries = ['im-elements.js', 'im-elements.iife.js'];
const yearS = 365 * 24 * 3600;

/** The widget, for pages of every origin (a script of `type=module` is fetched with CORS), and the demo's pages. */
export async function staticRoutes(app: FastifyInstance, { widgetDir, demoDir }: StaticOptions): Promise<void> {
  await app.register(fastifyStatic, {
    root: widgetDir,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
  });
  for (const entry of entries)
    for (const name of [entry, `${entry}.map`])
      app.get(`/${name}`, (_request, reply) => widgetFile(reply, widgetDir, name, 'no-cache'));
  app.get<{ Params: { name: string } }>('/chunks/:name', (request, reply) => {
    const { name } = request.params;
    if (!/^[\w.-]+$/.test(name)) return reply.callNotFound();
    // A chunk's name changes with its content.
    return widgetFile(reply, widgetDir, join('chunks', name), `public, max-age=${yearS}, immutable`);
  });
  if (demoDir === undefined) return;
  app.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    void reply.header('cache-control', 'no-cache');
    return reply.sendFile(request.params['*'] || 'index.html', demoDir);
  });
}

function widgetFile(reply: FastifyReply, widgetDir: string, name: string, cacheControl: string): FastifyReply {
  if (!existsSync(join(widgetDir, name))) {
    reply.callNotFound();
    return reply;
  }
  return reply
    .header('cache-control', cacheControl)
    .header('vary', 'accept-encoding')
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .sendFile(name, widgetDir);
}
