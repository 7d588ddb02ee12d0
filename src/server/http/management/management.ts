import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { errorCodes } from '../../../protocol/codes.js';
import { StorageBusyError } from '../../storage/storage.js';
import type { Action } from './actions.js';
import type { CallRates } from './call-rates.js';
import { ManagementError } from './management-error.js';
import { Parameters } from './parameters.js';
import type { Signature } from './signature.js';

export type ManagementOptions = {
  readonly signature: Signature;
  readonly rates: CallRates;
  /** By `<group>/<name>.action`. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly logger: Logger;
};

type Route = { Params: { '*': string } };

/** `POST /nimserver/<group>/<name>.action`, signed. HTTP always says 200; the body's `code` says how it went. */
export async function managementRoutes(app: FastifyInstance, options: ManagementOptions): Promise<void> {
  const { signature, rates, actions, logger } = options;
  await app.register(
    (scope, _options, done) => {
      scope.setErrorHandler((error, _request, reply) => reply.code(200).send(failure(error, logger)));
      scope.setNotFoundHandler((_request, reply) =>
        reply.code(200).send({ code: errorCodes.notFound, desc: 'no such action' }),
      );
      scope.addHook('onRequest', (request, _reply, next) => {
        signature.check(request.headers);
        next();
      });
      scope.post<Route>('/*', async (request) => {
        const name = request.params['*'];
        const action = actions.get(name);
        if (!action) throw new ManagementError(errorCodes.notFound, 'no such action');
        rates.count(name);
        return { code: errorCodes.ok, ...(await action(new Parameters(request.body))) };
      });
      done();
    },
    { prefix: '/nimserver' },
  );
}

function failure(error: unknown, logger: Logger): { code: number; desc: string } {
  if (error instanceof ManagementError) return { code: error.code, desc: error.message };
  if (error instanceof StorageBusyError)
    return { code: errorCodes.serverBusy, desc: 'the store is busy or full: try again' };
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  // Fastify's own: a body that is too big, of another type, or not to be read.
  if (typeof status === 'number' && status < 500)
    return { code: errorCodes.badParameter, desc: (error as Error).message };
  logger.error({ err: error }, 'a management call failed');
  return { code: errorCodes.serverError, desc: 'the server failed at this' };
}
