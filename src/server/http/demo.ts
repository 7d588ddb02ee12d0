import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Jwt } from '../auth/jwt.js';
import type { Origins } from '../auth/origins.js';
import type { Accounts } from '../chat/accounts.js';
import type { Chat } from '../chat/chat.js';
import { AccountExistsError } from '../storage/storage.js';
import { accountPattern } from '../../protocol/ids.js';
import { allowOrigins } from './cors.js';

const tokenLifeS = 600;

/** `POST /demo/token {account}` → `{token, expiresIn}`, for whoever asks: a server outside `--demo` does not have this. */
export async function demoRoutes(app: FastifyInstance, jwt: Jwt, origins: Origins, perMinute: number): Promise<void> {
  await app.register(async (scope) => {
    allowOrigins(scope, origins);
    await scope.register(rateLimit, { max: perMinute, timeWindow: 60_000 });
    scope.options('/demo/token', (_request, reply) => reply.code(204).send());
    scope.post('/demo/token', async (request, reply) => {
      const account = accountOf(request.body);
      if (account === undefined) return reply.code(400).send({ error: 'account: 1 to 32 letters, digits and _ @ . -' });
      return { token: await jwt.sign(account, tokenLifeS, request.headers.origin), expiresIn: tokenLifeS };
    });
  });
}

/** Beside the two of the first page two more, and a group of all four; on a store that has none of them yet. */
export async function makeDemoGroup({ accounts, groups }: Pick<Chat, 'accounts' | 'groups'>): Promise<void> {
  if (await accounts.fresh('carol')) return;
  for (const [account, name] of [
    ['carol', 'Carol'],
    ['dave', 'Dave'],
  ] as const)
    await accounts.create({ account, name });
  const members = ['bob', 'carol', 'dave'];
  await groups.run({ account: 'alice' }, { act: 'create', form: 'private', name: 'Team', members });
}

/** The two of the demo's first page. */
export async function makeDemoAccounts(accounts: Accounts): Promise<void> {
  for (const [account, name] of [
    ['alice', 'Alice'],
    ['bob', 'Bob'],
  ] as const)
    await accounts.create({ account, name }).catch((error: unknown) => {
      if (!(error instanceof AccountExistsError)) throw error;
    });
}

function accountOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('account' in body) || typeof body.account !== 'string')
    return undefined;
  const account = body.account.toLowerCase();
  return accountPattern.test(account) ? account : undefined;
}
