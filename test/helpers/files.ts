import assert from 'node:assert/strict';
import type { ChatServer } from './chat-server.js';
import type { WireClient } from './wire-client.js';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: string };

/** A bare tus client, for tests of the server: one request a call, with whatever headers a test wants. */
export class TusCaller {
  readonly #server: ChatServer;
  readonly #account: string;
  readonly #token: string | undefined;

  constructor(server: ChatServer, account: string, token?: string) {
    this.#server = server;
    this.#account = account;
    this.#token = token;
  }

  async call(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Uint8Array | string,
  ): Promise<Answer> {
    const token = this.#token ?? (await this.#server.token(this.#account));
    const response = await fetch(this.#server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'im-account': this.#account,
        'tus-resumable': '1.0.0',
        ...headers,
      },
      ...(body !== undefined && { body: body as BodyInit }),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  create(size: number, name = 'x.bin', headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const filename = Buffer.from(name).toString('base64');
    return this.call('POST', '/files/', {
      'upload-length': String(size),
      'upload-metadata': `filename ${filename}`,
      ...headers,
    });
  }

  write(id: string, offset: number, bytes: Uint8Array): Promise<Answer> {
    const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    return this.call('PATCH', `/files/${id}`, headers, bytes);
  }

  /** The id of an upload that is only begun. */
  async begin(size: number, name?: string): Promise<string> {
    const { status, headers, body } = await this.create(size, name);
    assert.equal(status, 201, body);
    return headers.get('location')!;
  }

  /** The id of an upload that is all there. */
  async upload(bytes: Uint8Array, name?: string): Promise<string> {
    const id = await this.begin(bytes.length, name);
    const { status, body } = await this.write(id, 0, bytes);
    assert.equal(status, 204, body);
    return id;
  }
}

/** Links to files, as the server gives them to whoever is behind `wire`. */
export async function linksTo(wire: WireClient, cid: string, ...ids: string[]): Promise<Map<string, string>> {
  const r = Math.floor(Math.random() * 1e9);
  wire.send({ t: 'files', r, cid, ids });
  const { urls } = await wire.expect('files', (frame) => frame.r === r);
  return new Map(urls);
}

/** Sends a message with a file, and gives its ack or nack. */
export async function sendFile(
  wire: WireClient,
  cid: string,
  type: 'image' | 'audio' | 'video' | 'file',
  id: string,
  more: { readonly thumbnail?: string; readonly idClient?: string; readonly name?: string } = {},
) {
  const { thumbnail, idClient = crypto.randomUUID(), name = 'x.bin' } = more;
  const file = { url: `/files/${id}`, name, size: 1, ext: 'exe', mime: 'text/html' };
  wire.send({
    t: 'send',
    idClient,
    cid,
    type,
    file: { ...file, ...(thumbnail !== undefined && { thumbnail: `/files/${thumbnail}` }) },
  });
  return wire.expectAny(['ack', 'nack'], (frame) => frame.idClient === idClient);
}
