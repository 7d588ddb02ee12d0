import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { ChatServer, temporaryDirectory, testApp } from '../helpers/chat-server.js';
import { manage } from '../helpers/management.js';

const now = (): number => Math.floor(Date.now() / 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token put together by hand, with any header and any key. */
function forge(header: object, claims: object, key: string | Buffer = testApp.secret, hash = 'sha256'): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`;
}

const alice = (): object => ({ sub: 'alice', exp: now() + 600, iat: now() });

async function outcome(server: ChatServer, token: string, account = 'alice', origin?: string) {
  const client = await server.open(origin === undefined ? {} : { origin });
  client.hello({ account, token });
  const frame = await client.expectAny(['welcome', 'bye']);
  return frame.t === 'welcome' ? 'welcome' : (await client.closed()).code;
}

describe('a token', () => {
  it('S-5: signed by hand as the README says is good: what follows is refused for its fault alone', async (t) => {
    const server = await ChatServer.start(t);
    assert.equal(await outcome(server, forge({ alg: 'HS256', typ: 'JWT' }, alice())), 'welcome');
  });

  it('S-5: of another algorithm, or of none, is refused, also where it is spelt otherwise', async (t) => {
    const server = await ChatServer.start(t);
    for (const alg of [
      'none',
      'None',
      'NONE',
      'nOnE',
      '',
      'hs256',
      'HS384',
      'HS512',
      'RS256',
      'dir',
      null,
      0,
      ['HS256'],
    ]) {
      const claims = alice();
      assert.equal(await outcome(server, forge({ alg }, claims)), 4402, `signed, alg ${JSON.stringify(alg)}`);
      assert.equal(await outcome(server, `${encode({ alg })}.${encode(claims)}.`), 4402, `bare ${JSON.stringify(alg)}`);
    }
    assert.equal(await outcome(server, forge({ alg: 'HS512' }, alice(), testApp.secret, 'sha512')), 4402);
    assert.equal(
      await outcome(server, forge({ alg: 'HS256', crit: ['x'], x: 1 }, alice())),
      4402,
      'a claim to be obeyed',
    );
    assert.equal(await outcome(server, forge({ alg: 'HS256', b64: false, crit: ['b64'] }, alice())), 4402);
  });

  it('S-5: that brings its own key, or names where to fetch one, is refused; nothing is fetched', async (t) => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const file = join(await temporaryDirectory(t), 'keys.json');
    await writeFile(file, JSON.stringify({ keys: [{ ...jwk, kid: 'ours', alg: 'RS256' }] }));
    const server = await ChatServer.start(t, { jwks: file });
    const evil = await generateKeyPair('RS256', { extractable: true });
    const own = await exportJWK(evil.publicKey);
    const sign = (header: object, key = evil.privateKey): Promise<string> =>
      new SignJWT({ ...alice() }).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);
    assert.equal(await outcome(server, await sign({ kid: 'ours' }, pair.privateKey)), 'welcome');
    for (const header of [
      { kid: 'ours' },
      { jwk: own },
      { kid: 'ours', jwk: own },
      { jku: `${server.url}/keys`, kid: 'evil' },
      { x5u: `${server.url}/cert` },
      { kid: '../../etc/passwd' },
      { kid: "' OR 1=1 --" },
      { kid: '__proto__' },
      { kid: 'x'.repeat(2_000) },
    ])
      assert.equal(await outcome(server, await sign(header)), 4402, JSON.stringify(header).slice(0, 60));
    const publicKey = await exportSPKI(pair.publicKey);
    for (const key of [publicKey, publicKey.trim(), String(jwk.n), JSON.stringify(jwk)])
      for (const alg of ['HS256', 'RS256'])
        assert.equal(
          await outcome(server, forge({ alg, kid: 'ours' }, alice(), key)),
          4402,
          'a public key is no secret',
        );
    for (const key of ['', '\0', ' ', 'secret', testApp.key, `${testApp.secret} `])
      assert.equal(await outcome(server, forge({ alg: 'HS256' }, alice(), key)), 4402);
  });

  it('S-5: before its time, after its time, or with a time that is none, is refused; clocks may differ by 30 seconds', async (t) => {
    const server = await ChatServer.start(t);
    const cases: [object, string | number][] = [
      [{ exp: now() - 60 }, 4401],
      [{ exp: now() - 10 }, 'welcome'],
      [{ exp: undefined }, 4402],
      [{ exp: String(now() + 600) }, 4402],
      [{ exp: null }, 4402],
      [{ exp: -1 }, 4401],
      [{ nbf: now() + 60 }, 4402],
      [{ nbf: now() + 10 }, 'welcome'],
      [{ nbf: 'x' }, 4402],
      [{ iat: 'x' }, 4402],
      [{ sub: undefined }, 4402],
      [{ sub: ['alice'] }, 4402],
      [{ sub: { toLowerCase: 'alice' } }, 4402],
      [{ sub: 'bob' }, 4402],
      [{ sub: 'alice\0' }, 4402],
      [{ sub: ' alice' }, 4402],
    ];
    for (const [claims, wanted] of cases)
      assert.equal(
        await outcome(server, forge({ alg: 'HS256' }, { ...alice(), ...claims })),
        wanted,
        JSON.stringify(claims),
      );
    for (const exp of ['1e999', '9e307']) {
      // JSON knows no Infinity, yet a number that becomes it.
      const token = `{"sub":"alice","exp":${exp}}`;
      const body = `${encode({ alg: 'HS256' })}.${Buffer.from(token).toString('base64url')}`;
      const signed = `${body}.${createHmac('sha256', testApp.secret).update(body).digest('base64url')}`;
      assert.ok(['welcome', 4402].includes(await outcome(server, signed)), 'no crash');
    }
    await server.connect('alice');
  });

  it('S-4: made for one origin opens nothing from another, from none, or by a refresh', async (t) => {
    const origins = new Set(['https://shop.example', 'https://blog.example']);
    const server = await ChatServer.start(t, { origins });
    const bound = forge({ alg: 'HS256' }, { ...alice(), origin: 'https://shop.example' });
    assert.equal(await outcome(server, bound, 'alice', 'https://shop.example'), 'welcome');
    assert.equal(await outcome(server, bound, 'alice', 'https://blog.example'), 4406);
    assert.equal(await outcome(server, bound), 4406, 'a program with a stolen token');
    for (const origin of [['https://blog.example'], null, '', 'https://shop.example/', {}])
      assert.notEqual(
        await outcome(server, forge({ alg: 'HS256' }, { ...alice(), origin }), 'alice', 'https://blog.example'),
        'welcome',
        JSON.stringify(origin),
      );
    const open = await server.open({ origin: 'https://blog.example' });
    await open.greet({ account: 'alice', token: await server.token('alice') });
    open.send({ t: 'refresh', token: bound });
    assert.equal((await open.closed()).code, 4406);
  });

  it('S-6: speaks for its own account only: no name can be claimed without one', async (t) => {
    const server = await ChatServer.start(t);
    const { info } = await manage(server.url, 'user/create', { accid: 'alice' });
    await manage(server.url, 'user/create', { accid: 'bob' });
    const eve = await server.token('eve');
    for (const account of ['alice', 'bob', 'nobody'])
      for (const token of [eve, 'guess', account, '0'.repeat(32), info!.token!.toUpperCase(), `${info!.token!} `, '{}'])
        assert.equal(await outcome(server, token, account), 4402, `${account} ${token.slice(0, 20)}`);
    assert.equal(await outcome(server, info!.token!, 'bob'), 4402);
    assert.equal(await outcome(server, info!.token!, 'alice'), 'welcome');
  });
});
