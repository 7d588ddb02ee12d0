import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileRow, Storage } from '../storage/storage.js';
import type { FileStore } from './file-store.js';
import type { Links } from './links.js';
import { contentDisposition } from './names.js';
import { rangeOf } from './range.js';

export type Downloads = { readonly store: FileStore; readonly storage: Storage; readonly links: Links };

type Query = { readonly e?: unknown; readonly s?: unknown; readonly download?: unknown };

/**
 * `GET /files/<id>?e=…&s=…`: the file, for whoever has a link that is good. What may stand in a page is `inline`, and only by what its own
 * bytes are; everything else is to be saved, and none of it can do anything where it is opened.
 */
export async function download(
  { store, storage, links }: Downloads,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { e, s, download: toSave } = request.query as Query;
  const secondsLeft = links.check(id, e, s);
  if (secondsLeft === 0) return reply.code(403).send({ error: 'this link is not good, or not any more' });
  const row = await storage.file(id);
  if (row?.state !== 'ready') return reply.code(404).send({ error: 'there is no such file' });
  const etag = `"${id}"`;
  const { range, 'if-range': ifRange, 'if-none-match': known } = request.headers;
  const part = ifRange === undefined || ifRange === etag ? rangeOf(range, row.size) : undefined;
  if (part === 'none') return reply.code(416).header('content-range', `bytes */${row.size}`).send();
  safeHeaders(reply, row, toSave !== undefined);
  // What is behind a link never changes.
  void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': `private, max-age=${secondsLeft}, immutable` });
  if (known === etag) return reply.code(304).send();
  const { start, end } = part ?? { start: 0, end: row.size };
  const stream = await store.read(id, start, end);
  if (part) void reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${row.size}`);
  return reply.header('content-length', end - start).send(stream);
}

function safeHeaders(reply: FastifyReply, { kind, mime, name }: FileRow, toSave: boolean): void {
  const isShown = kind !== 'file' && kind !== '';
  void reply.headers({
    'content-type': isShown ? mime : 'application/octet-stream',
    'content-disposition': contentDisposition(isShown && !toSave ? 'inline' : 'attachment', name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    // Pages of other origins embed the widget, and the pictures with it.
    'cross-origin-resource-policy': 'cross-origin',
  });
}
