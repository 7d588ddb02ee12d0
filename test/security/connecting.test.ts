import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveOptions } from '../../src/client/options.js';
import { ChatServer } from '../helpers/chat-server.js';
import { ServerClock } from '../helpers/server-clock.js';
import { askToUpgrade, closeCodeIn, readToEnd } from './helpers/raw.js';

/** Every way to look like `https://good.example:8443` without being it. */
const lookAlikes = [
  'https://good.example:8443.evil.example',
  'https://good.example.evil.example:8443',
  'https://evil-good.example:8443',
  'https://sub.good.example:8443',
  'https://good.example',
  'https://good.example:443',
  'https://good.example:84430',
  'http://good.example:8443',
  'wss://good.example:8443',
  'https://GOOD.example:8443',
  'HTTPS://good.example:8443',
  'https://good.example:8443/',
  'https://good.example.:8443',
  'https://good.example:8443@evil.example',
  'https://evil.example#https://good.example:8443',
  'https://evil.example, https://good.example:8443',
  'https://good.example:8443 ',
  'https://good%2eexample:8443',
  'good.example:8443',
  '//good.example:8443',
  'null',
  'file://',
  'undefined',
  '*',
];

describe('the upgrade', () => {
  it('S-1: an origin is one of the list letter by letter; nothing else gets a word in, also with a good token', async (t) => {
    const server = await ChatServer.start(t, { origins: new Set(['https://good.example:8443']) });
    const token = await server.token('alice');
    const good = await server.open({ origin: 'https://good.example:8443' });
    await good.greet({ account: 'alice', token });
    for (const origin of lookAlikes) {
      const client = await server.open({ origin });
      client.hello({ account: 'alice', token });
      if (origin === 'https://good.example:8443 ') {
        // HTTP takes white space off the ends of a header: this one is the good one.
        await client.expect('welcome');
        continue;
      }
      assert.equal((await client.closed()).code, 4403, origin);
      assert.deepEqual(
        client.all.map(({ t }) => t),
        ['bye'],
        origin,
      );
    }
  });

  it('S-1: two origins in one request are none', async (t) => {
    const server = await ChatServer.start(t, { origins: new Set(['https://good.example']) });
    for (const lines of [
      ['Origin: https://good.example', 'Origin: https://evil.example'],
      ['Origin: https://evil.example', 'Origin: https://good.example'],
      ['Origin:'],
      ['Origin: https://evil.example', 'X-Forwarded-Host: evil.example', 'Sec-WebSocket-Origin: https://good.example'],
    ])
      assert.equal(closeCodeIn(await readToEnd(await askToUpgrade(server.port, '/ws', ...lines))), 4403, lines.join());
  });

  it('S-1: without a list only pages of this very host may connect, whatever the request calls the host', async (t) => {
    const server = await ChatServer.start(t);
    for (const origin of ['https://evil.example', 'http://localhost', `http://localhost:${server.port}`, 'null'])
      assert.equal((await (await server.open({ origin })).closed()).code, 4403, origin);
    const own = await server.open({ origin: server.url });
    await own.greet({ account: 'alice', token: await server.token('alice') });
  });

  it('S-1: a request without an origin is a program: it needs a token that was not made for a page', async (t) => {
    const server = await ChatServer.start(t, { origins: new Set(['https://good.example']) });
    const client = await server.open();
    client.send({ t: 'list', r: 1, limit: 10 });
    assert.equal((await client.closed()).code, 4400);
    await server.connect('alice');
  });

  it('S-2: a cookie, a query or a header with a good token in it opens nothing: the first frame alone does', async (t) => {
    const clock = new ServerClock();
    const server = await ChatServer.start(t, { clock });
    const token = await server.token('alice');
    const options = [
      { headers: { cookie: `token=${token}; session=${token}` } },
      { headers: { authorization: `Bearer ${token}` } },
      { headers: { 'sec-websocket-protocol': token } },
    ];
    for (const option of options) {
      const eager = await server.open(option).catch(() => undefined);
      if (!eager) continue; // `ws` closes where the protocol that it offered was not taken: refused all the same.
      eager.send({ t: 'list', r: 1, limit: 10 });
      assert.equal((await eager.closed()).code, 4400);
      const silent = await server.open(option);
      clock.advance(6_000);
      assert.equal((await silent.closed()).code, 4408);
    }
  });

  it('S-3: a token in the URL counts for nothing', async (t) => {
    const server = await ChatServer.start(t);
    const token = await server.token('alice');
    const socket = await askToUpgrade(server.port, `/ws?token=${token}&access_token=${token}&account=alice`);
    const frames = readToEnd(socket);
    socket.write(
      Buffer.concat([
        Buffer.from([0x81, 0x80 | 26, 0, 0, 0, 0]),
        Buffer.from('{"t":"list","r":1,"limit":9}'.slice(0, 26)),
      ]),
    );
    assert.equal(closeCodeIn(await frames), 4400);
  });

  it('S-11: the widget speaks to an https server by wss, never by ws; the server bounds what an upgrade may carry', async (t) => {
    const options = { account: 'alice', token: 'x', WebSocket: class {} as never };
    for (const server of ['https://chat.example.com', 'wss://chat.example.com', 'HTTPS://chat.example.com/sub'])
      assert.match(resolveOptions({ ...options, server }).url, /^wss:\/\/chat\.example\.com\//);
    for (const server of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ftp://x', 'x'])
      assert.throws(() => resolveOptions({ ...options, server }), TypeError);
    const chat = await ChatServer.start(t);
    const fat = await askToUpgrade(chat.port, '/ws', `X-Fat: ${'x'.repeat(64 * 1024)}`);
    assert.match((await readToEnd(fat)).toString(), /^HTTP\/1\.1 431 /);
    const long = await askToUpgrade(chat.port, `/ws?${'x'.repeat(64 * 1024)}`);
    assert.match((await readToEnd(long)).toString(), /^HTTP\/1\.1 431 /);
    const old = await askToUpgrade(chat.port, '/ws', 'Sec-WebSocket-Version: 7');
    assert.match((await readToEnd(old)).toString(), /^HTTP\/1\.1 400 /);
    await chat.connect('alice');
  });
});
