import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { hashToken } from '../../src/server/auth/opaque.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory, testApp } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';

const now = (): number => Math.floor(Date.now() / 1000);
const secret = createSecretKey(testApp.secret, 'utf8');

/** A token as a page's own back end would make it. */
function sign(
  claims: JWTPayload,
  alg = 'HS256',
  key: CryptoKey | typeof secret = secret,
  kid?: string,
): Promise<string> {
  const header = { alg, ...(kid !== undefined && { kid }) };
  return new SignJWT({ sub: 'alice', exp: now() + 600, iat: now(), ...claims }).setProtectedHeader(header).sign(key);
}

/** How a hello with the token goes: `welcome`, or the code that `bye` and the close have alike. */
async function outcome(
  server: ChatServer,
  token: string,
  account = 'alice',
  origin?: string,
): Promise<string | number> {
  const client = await server.open(origin === undefined ? {} : { origin });
  client.hello({ account, token });
  const frame = await client.expectAny(['welcome', 'bye']);
  if (frame.t === 'welcome') {
    await client.close();
    return 'welcome';
  }
  assert.equal((await client.closed()).code, frame.code);
  assert.notEqual(frame.message, '');
  return frame.code;
}

describe('signed tokens', () => {
  it('opens a connection, and makes the account on its first visit', async (t) => {
    const server = await ChatServer.start(t);
    assert.equal(await outcome(server, await sign({ sub: 'New.Person' }), 'new.person'), 'welcome');
    const alice = await server.connect('alice');
    alice.send({ t: 'users', r: 1, accounts: ['new.person', 'nobody'] });
    assert.deepEqual((await alice.expect('users')).users, [{ account: 'new.person' }]);
  });

  it('tells each fault by its own code', async (t) => {
    const server = await ChatServer.start(t);
    const foreign = await generateKeyPair('RS256', { extractable: true });
    const good = await sign({});
    const cases: [string, string, string | number][] = [
      ['expired', await sign({ exp: now() - 31 }), 4401],
      ['expired within the leeway', await sign({ exp: now() - 10 }), 'welcome'],
      ['another account', await sign({ sub: 'bob' }), 4402],
      ['no subject', await sign({ sub: undefined } as unknown as JWTPayload), 4402],
      ['no end', await sign({ exp: undefined } as unknown as JWTPayload), 4402],
      ['an end that is a text', await sign({ exp: '1' as unknown as number }), 4402],
      ['not yet', await sign({ nbf: now() + 60 }), 4402],
      ['wrong secret', await sign({}, 'HS256', createSecretKey('another-secret-altogether', 'utf8')), 4402],
      ['another algorithm of the same key', await sign({}, 'HS512', createSecretKey('x'.repeat(64), 'utf8')), 4402],
      ['no signature', new UnsecuredJWT({ sub: 'alice', exp: now() + 60 }).encode(), 4402],
      ['signed by a key that nobody configured', await sign({}, 'RS256', foreign.privateKey), 4402],
      ['changed', good.slice(0, -3) + (good.endsWith('AAA') ? 'BBB' : 'AAA'), 4402],
      ['not a token at all', 'a.b.c', 4402],
      ['an origin that is no text', await sign({ origin: 1 }), 4402],
    ];
    for (const [name, token, wanted] of cases) assert.equal(await outcome(server, token), wanted, name);
  });

  it('holds a token to the origin that it was made for', async (t) => {
    const page = 'https://shop.example';
    const server = await ChatServer.start(t, { origins: new Set([page, 'https://other.example']) });
    const token = await sign({ origin: page });
    assert.equal(await outcome(server, token, 'alice', page), 'welcome');
    assert.equal(await outcome(server, token, 'alice', 'https://other.example'), 4406);
    assert.equal(await outcome(server, token), 4406);
    assert.equal(await outcome(server, await sign({}), 'alice', 'https://other.example'), 'welcome');
  });

  it('F17: refuses what was signed before the revocation, and a disabled account', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    await storage.ensureAccount('alice');
    await storage.updateAccount('alice', { tokensValidFrom: now() * 1000 });
    assert.equal(await outcome(server, await sign({ iat: now() - 5 })), 4405);
    assert.equal(await outcome(server, await sign({ iat: undefined } as unknown as JWTPayload)), 4405);
    assert.equal(await outcome(server, await sign({ iat: now() + 1 })), 'welcome');
    await storage.updateAccount('alice', { disabled: true });
    assert.equal(await outcome(server, await sign({ iat: now() + 1 })), 4422);
  });
});

describe('tokens that somebody else signed', () => {
  for (const alg of ['EdDSA', 'RS256', 'ES256'])
    it(`accepts ${alg} of a configured key, out of a file and from a URL`, async (t) => {
      const pair = await generateKeyPair(alg, { extractable: true });
      const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg, use: 'sig' }] });
      const file = join(await temporaryDirectory(t), 'keys.json');
      await writeFile(file, keys);
      const host = createHttpServer((_request, response) => response.end(keys)).listen(0, '127.0.0.1');
      await once(host, 'listening');
      t.after(() => host.close());
      const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/keys`;
      const foreign = await generateKeyPair(alg);
      for (const jwks of [file, url]) {
        const server = await ChatServer.start(t, { jwks });
        assert.equal(await outcome(server, await sign({}, alg, pair.privateKey, 'one')), 'welcome');
        assert.equal(await outcome(server, await sign({}, alg, pair.privateKey, 'two')), 4402);
        assert.equal(await outcome(server, await sign({}, alg, foreign.privateKey, 'one')), 4402);
        assert.equal(await outcome(server, await sign({})), 'welcome', 'the app secret still counts');
      }
    });

  it('does not take a public key for a secret', async (t) => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const file = join(await temporaryDirectory(t), 'keys.json');
    await writeFile(
      file,
      JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' }] }),
    );
    const server = await ChatServer.start(t, { jwks: file });
    const swapped = createSecretKey(await exportSPKI(pair.publicKey), 'utf8');
    assert.equal(await outcome(server, await sign({}, 'HS256', swapped, 'one')), 4402);
  });

  it('asks the client to come back while the keys cannot be reached', async (t) => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const server = await ChatServer.start(t, { jwks: 'http://127.0.0.1:9/keys' });
    assert.equal(await outcome(server, await sign({}, 'EdDSA', privateKey, 'one')), 1013);
  });
});

describe('opaque tokens', () => {
  it('opens only its own account; a replaced one is revoked', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const extra = JSON.stringify({ previousTokenHash: hashToken('the-old-one') });
    await storage.createAccount({ account: 'alice', tokenHash: hashToken('the-new-one'), extra });
    await storage.createAccount({ account: 'bob' });
    assert.equal(await outcome(server, 'the-new-one'), 'welcome');
    assert.equal(await outcome(server, 'the-old-one'), 4405);
    assert.equal(await outcome(server, 'made-up'), 4402);
    assert.equal(await outcome(server, 'the-new-one', 'bob'), 4402);
    assert.equal(await outcome(server, 'the-new-one', 'nobody'), 4402);
  });
});

describe('the end of a token', () => {
  it('says how long it lasts, takes a fresh one in band, and ends the connection with the last', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const alice = await server.open();
    const welcome = await alice.greet({ account: 'alice', token: await server.token('alice', 20) });
    assert.ok(welcome.ttlS <= 20 && welcome.ttlS >= 18);
    clock.advance(15_000);
    alice.send({ t: 'refresh', token: await server.token('alice', 20) });
    const { ttlS } = await alice.expect('refreshed');
    assert.ok(ttlS <= 20 && ttlS >= 18);
    clock.advance(15_000);
    assert.equal((await alice.rest('bye')).length, 0);
    clock.advance(6_000);
    assert.equal((await alice.expect('bye')).code, 4401);
    assert.equal((await alice.closed()).code, 4401);
  });

  it("F17: closes on a refresh with another account's token, and on a wrong one", async (t) => {
    const server = await ChatServer.start(t);
    for (const token of [await server.token('bob'), 'made-up']) {
      const alice = await server.connect('alice');
      alice.send({ t: 'refresh', token });
      assert.equal((await alice.expect('bye')).code, 4402);
      assert.equal((await alice.closed()).code, 4402);
    }
  });

  it('never tells a browser to wait longer than its timers can', async (t) => {
    const server = await ChatServer.start(t);
    const client = await server.open();
    const welcome = await client.greet({ account: 'alice', token: await server.token('alice', 10 * 365 * 24 * 3600) });
    assert.ok(welcome.ttlS * 1000 < 2 ** 31);
  });
});
