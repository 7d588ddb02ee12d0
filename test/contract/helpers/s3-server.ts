import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import type { S3Options } from '../../../src/server/files/s3-store.js';

type Stored = { readonly bytes: Buffer; readonly meta: Readonly<Record<string, string>> };
type Pending = { readonly key: string; readonly meta: Stored['meta']; readonly parts: Map<number, Buffer> };

/**
 * As much of S3 as uploads need, over real HTTP on 127.0.0.1, in memory: objects with ranges and metadata, multipart uploads, deletion. What npm has
 * of the kind (s3rver) does not know ListParts.
 */
export class S3Server {
  readonly options: S3Options;
  readonly #objects = new Map<string, Stored>();
  readonly #uploads = new Map<string, Pending>();

  private constructor(port: number) {
    this.options = { bucket: 'files', endpoint: `http://127.0.0.1:${port}` };
  }

  static async start(): Promise<S3Server> {
    const http: Server = createServer((request, response) => void s3.#answer(request, response));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const s3 = new S3Server((http.address() as AddressInfo).port);
    after(() => {
      http.closeAllConnections();
      http.close();
    });
    process.env['AWS_ACCESS_KEY_ID'] = 'key';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    return s3;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://s3');
    const key = decodeURIComponent(url.pathname.slice('/files/'.length));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/'))
      return refuse(response, 403, 'AccessDenied');
    const uploadId = url.searchParams.get('uploadId');
    if (url.searchParams.has('uploads')) return this.#begin(key, metaOf(request), response);
    if (uploadId !== null) return this.#multipart(uploadId, request.method!, url, body, response);
    if (url.searchParams.has('delete')) {
      for (const [, name] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) this.#objects.delete(name!);
      return xml(response, '<DeleteResult></DeleteResult>');
    }
    this.#object(key, request, body, response);
  }

  #object(key: string, request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
    if (request.method === 'PUT') {
      this.#objects.set(key, { bytes, meta: metaOf(request) });
      return void response.writeHead(200, { etag: etag(bytes) }).end();
    }
    if (request.method === 'DELETE') {
      this.#objects.delete(key);
      return void response.writeHead(204).end();
    }
    const object = this.#objects.get(key);
    if (!object) return refuse(response, 404, 'NoSuchKey');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const part = from === undefined ? object.bytes : object.bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, { ...object.meta, 'content-length': part.length });
    response.end(request.method === 'HEAD' ? undefined : part);
  }

  #begin(key: string, meta: Stored['meta'], response: ServerResponse): void {
    const id = randomBytes(8).toString('hex');
    this.#uploads.set(id, { key, meta, parts: new Map() });
    xml(response, `<R><Bucket>files</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></R>`);
  }

  #multipart(id: string, method: string, url: URL, body: Buffer, response: ServerResponse): void {
    const upload = this.#uploads.get(id);
    if (!upload) return refuse(response, 404, 'NoSuchUpload');
    const sorted = [...upload.parts].sort(([a], [b]) => a - b);
    switch (method) {
      case 'PUT':
        upload.parts.set(Number(url.searchParams.get('partNumber')), body);
        return void response.writeHead(200, { etag: etag(body) }).end();
      case 'GET': {
        const list = sorted.map(
          ([n, part]) =>
            `<Part><PartNumber>${n}</PartNumber><ETag>${etag(part)}</ETag><Size>${part.length}</Size></Part>`,
        );
        return xml(response, `<ListPartsResult><IsTruncated>false</IsTruncated>${list.join('')}</ListPartsResult>`);
      }
      case 'POST':
        // As S3: every part but the last has 5 MiB or more.
        if (sorted.slice(0, -1).some(([, part]) => part.length < 5 * 1024 * 1024))
          return refuse(response, 400, 'EntityTooSmall');
        this.#objects.set(upload.key, { bytes: Buffer.concat(sorted.map(([, part]) => part)), meta: upload.meta });
        this.#uploads.delete(id);
        return xml(response, `<R><Key>${upload.key}</Key><ETag>"x"</ETag></R>`);
      default:
        this.#uploads.delete(id);
        return void response.writeHead(204).end();
    }
  }
}

function metaOf({ headers }: IncomingMessage): Record<string, string> {
  const meta = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(meta.map(([name, value]) => [name, String(value)]));
}

function etag(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}
