import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Authenticator } from '../auth/authenticator.js';
import type { Origins } from '../auth/origins.js';
import type { Clock } from '../clock.js';
import { allowOrigins } from '../http/cors.js';
import type { FileRow, Storage } from '../storage/storage.js';
import type { Tuning } from '../tuning.js';
import { download } from './download.js';
import type { FileStore } from './file-store.js';
import { Finishing } from './finishing.js';
import type { Links } from './links.js';
import { kindHeader, TusServer } from './tus-server.js';
import { asUploadError, noSuchUpload, UploadError } from './upload-error.js';

export type FileRoutesSetup = {
  readonly store: FileStore;
  readonly storage: Storage;
  readonly auth: Authenticator;
  readonly links: Links;
  readonly origins: Origins;
  readonly clock: Clock;
  readonly tuning: Tuning;
  readonly logger: Logger;
  readonly stopping: () => boolean;
};

/** Names the account that the bearer token is for: an opaque token does not say. */
const accountHeader = 'im-account';

const words = {
  methods: 'POST, PATCH, HEAD, DELETE, GET',
  headers: `authorization, ${accountHeader}, content-type, range, tus-resumable, upload-length, upload-metadata, upload-offset`,
  exposed: `location, tus-resumable, tus-version, tus-extension, tus-max-size, upload-offset, upload-length, content-range, ${kindHeader}`,
};
const tusVersion = { 'tus-resumable': '1.0.0' };

type ById = { Params: { id: string } };
const byId = '/files/:id(^[0-9a-f]{32}$)';

/** `/files/`: uploads by tus (https://tus.io/protocols/resumable-upload) for whoever is signed in, downloads for whoever has a link. */
export async function fileRoutes(app: FastifyInstance, setup: FileRoutesSetup): Promise<void> {
  const { origins, storage, store, tuning } = setup;
  const uploads = new UploadRoutes(setup);
  await app.register((scope, _options, done) => {
    allowOrigins(scope, origins, words);
    scope.addContentTypeParser('application/offset+octet-stream', (_request, _body, parsed) => parsed(null));
    scope.setErrorHandler((error, _request, reply) => uploads.refuse(error, reply));

    const about = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
      reply
        .code(204)
        .headers({ ...tusVersion, 'tus-version': '1.0.0', 'tus-extension': 'creation,termination' })
        .header('tus-max-size', tuning.maxFileBytes)
        .send();
    for (const path of ['/files', '/files/']) {
      scope.options(path, about);
      scope.post(path, (request, reply) => uploads.create(request, reply));
    }
    scope.options(byId, about);
    scope.patch<ById>(byId, (request, reply) => uploads.write(request, reply));
    scope.head<ById>(byId, (request, reply) => uploads.tell(request, reply));
    scope.delete<ById>(byId, (request, reply) => uploads.remove(request, reply));
    scope.get<ById>(byId, { exposeHeadRoute: false }, (request, reply) =>
      download({ store, storage, links: setup.links }, request.params.id, request, reply),
    );
    done();
  });
}

/** What the tus routes do. Only an upload's creator comes further than "there is none". */
class UploadRoutes {
  readonly #setup: FileRoutesSetup;
  readonly #finishing: Finishing;
  readonly #tus: TusServer;

  constructor(setup: FileRoutesSetup) {
    const { store, storage, clock, tuning } = setup;
    this.#setup = setup;
    this.#finishing = new Finishing({ store, storage, now: () => clock.now() });
    const onFault = (error: unknown): void => this.#fault(error);
    this.#tus = new TusServer({ store, storage, finishing: this.#finishing, clock, tuning, onFault });
  }

  async create(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#setup.stopping()) throw new UploadError(503, 'this server is about to restart');
    await this.#hand(await this.#accountOf(request), request, reply);
  }

  async write(request: FastifyRequest<ById>, reply: FastifyReply): Promise<void> {
    const { account, row } = await this.#uploadOf(request);
    // As an offset that does not fit: the client asks how far it came, and hears that it is done.
    if (row.state === 'ready') throw new UploadError(409, 'the upload is finished');
    await this.#hand(account, request, reply);
  }

  async tell(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { account, row } = await this.#uploadOf(request);
    const kind = row.state === 'ready' ? row.kind : await this.#kindOfWhole(row);
    if (kind !== undefined)
      return reply
        .headers({ ...tusVersion, 'upload-offset': row.size, 'upload-length': row.size, [kindHeader]: kind })
        .send();
    await this.#hand(account, request, reply);
    return undefined;
  }

  async remove(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const { store, storage } = this.#setup;
    const { account, row } = await this.#uploadOf(request);
    if (!(await storage.dropFile(row.id, account))) throw new UploadError(403, 'a message has this file');
    await store.remove(row.id);
    await storage.forgetFile(row.id);
    return reply.code(204).headers(tusVersion).send();
  }

  refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    // Fastify's own: a body of another type, and the like.
    const isOurs = typeof status !== 'number' || status >= 500;
    const told = isOurs ? asUploadError(error) : new UploadError(status, (error as Error).message);
    if (told.status_code === 500) this.#fault(error);
    // Behind a body that nobody reads the connection is of no use.
    return reply
      .code(told.status_code)
      .headers({ ...tusVersion, connection: 'close' })
      .send({ error: told.body });
  }

  /** @throws {UploadError} 401, {AuthError} */
  async #accountOf({ headers }: FastifyRequest): Promise<string> {
    const [, token] = /^Bearer (\S{1,4096})$/.exec(headers.authorization ?? '') ?? [];
    const account = headers[accountHeader];
    if (token === undefined || typeof account !== 'string')
      throw new UploadError(401, `authorization: Bearer <token>, and ${accountHeader}: <account>`);
    return (await this.#setup.auth.verify(token, account, headers.origin)).account.account;
  }

  /** @throws {UploadError} 401, 404 also for whoever is not its creator */
  async #uploadOf(request: FastifyRequest<ById>): Promise<{ account: string; row: FileRow }> {
    const account = await this.#accountOf(request);
    const row = await this.#setup.storage.file(request.params.id);
    if (row?.owner !== account || row.state === 'dropped') throw noSuchUpload();
    return { account, row };
  }

  /** After a crash between the last byte and the table: it is finished now. `undefined` while bytes are missing. */
  async #kindOfWhole({ id, size }: FileRow): Promise<string | undefined> {
    const { store, storage } = this.#setup;
    const upload = await store.uploads.getUpload(id).catch(() => undefined);
    if (upload?.offset !== size) return undefined;
    await this.#finishing.finish(id);
    return (await storage.file(id))?.kind;
  }

  /** From here on the tus server answers, with the headers that all answers have. */
  async #hand(account: string, { raw }: FastifyRequest<ById> | FastifyRequest, reply: FastifyReply): Promise<void> {
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    const { socket } = raw;
    // Not the whole of it has to come within a time, but something.
    const silence = (): void => void socket.destroy();
    socket.setTimeout(this.#setup.tuning.uploadSilenceMs, silence);
    try {
      await this.#tus.handle(account, raw, reply.raw);
    } catch (error) {
      if (!raw.destroyed) this.#fault(error);
      socket.destroy();
    } finally {
      socket.setTimeout(0).off('timeout', silence);
    }
  }

  #fault(error: unknown): void {
    this.#setup.logger.error({ err: error }, 'an upload failed');
  }
}
