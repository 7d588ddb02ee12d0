import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { manage } from '../helpers/management.js';

const json = { 'content-type': 'application/json' };
const body = '{"account":"alice"}';

describe('what the server says over HTTP', () => {
  it('S-36: no page of it can be put into a frame', async (t) => {
    const server = await ChatServer.start(t, { demo: true });
    for (const path of ['/', '/index.html', '/embed.html', '/parts.html', '/nothing', '/healthz']) {
      const { headers } = await fetch(server.url + path);
      assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/, path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    }
  });

  it('S-30: every page is served under the strictest policy, with nothing inline in it', async (t) => {
    const server = await ChatServer.start(t, { demo: true });
    for (const path of ['/', '/embed.html', '/parts.html']) {
      const response = await fetch(server.url + path);
      const policy = response.headers.get('content-security-policy')!;
      for (const line of [
        "default-src 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
        "base-uri 'none'",
      ])
        assert.ok(policy.split(';').includes(line), `${path}: ${line} in ${policy}`);
      assert.doesNotMatch(policy, /unsafe|\*|http:|ws:|wss:/);
      const html = await response.text();
      assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i, path);
    }
  });

  it('S-38: a token is handed to pages of the list and no others; never with credentials, never to *', async (t) => {
    const server = await ChatServer.start(t, { demo: true, origins: new Set(['https://good.example']) });
    const ask = (origin: string | undefined, method = 'POST') =>
      fetch(`${server.url}/demo/token`, {
        method,
        headers: { ...json, ...(origin !== undefined && { origin }) },
        ...(method === 'POST' && { body }),
      });
    for (const method of ['POST', 'OPTIONS']) {
      const good = await ask('https://good.example', method);
      assert.equal(good.headers.get('access-control-allow-origin'), 'https://good.example');
      assert.equal(good.headers.get('access-control-allow-credentials'), null);
      assert.match(good.headers.get('vary')!, /origin/);
      for (const origin of [
        'https://evil.example',
        'https://good.example.evil.example',
        'http://good.example',
        'null',
        server.url,
      ]) {
        const bad = await ask(origin, method);
        assert.equal(bad.status, 403, origin);
        assert.equal(bad.headers.get('access-control-allow-origin'), null, origin);
        assert.doesNotMatch(await bad.text(), /token"/);
      }
    }
    const any = await ChatServer.start(t, { demo: true, origins: 'any' });
    const answer = await fetch(`${any.url}/demo/token`, {
      method: 'POST',
      headers: { ...json, origin: 'https://x.example' },
      body,
    });
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://x.example');
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  });

  it('S-38: a form of another site cannot make a token or a management call', async (t) => {
    const server = await ChatServer.start(t, { demo: true, origins: new Set(['https://good.example']) });
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type, origin: 'https://evil.example', cookie: 'session=1' };
      assert.equal((await fetch(`${server.url}/demo/token`, { method: 'POST', headers, body })).status, 403, type);
      const call = await fetch(`${server.url}/nimserver/user/create.action`, {
        method: 'POST',
        headers,
        body: 'accid=x',
      });
      assert.equal(call.headers.get('access-control-allow-origin'), null);
      assert.equal(((await call.json()) as { code: number }).code, 414, 'it is not signed');
    }
    for (const path of ['/healthz', '/readyz', '/', '/nimserver/user/create.action'])
      assert.equal(
        (await fetch(server.url + path, { headers: { origin: 'https://good.example' } })).headers.get(
          'access-control-allow-origin',
        ),
        null,
        path,
      );
    const widget = await fetch(`${server.url}/im-elements.js`, { headers: { origin: 'https://any.example' } });
    assert.equal(widget.headers.get('access-control-allow-credentials'), null);
  });

  it('S-38: the demo’s pages and tokens are there under --demo only', async (t) => {
    const server = await ChatServer.start(t);
    for (const path of ['/', '/index.html', '/demo/token', '/demo/index.html'])
      assert.equal((await fetch(server.url + path)).status, 404, path);
    assert.equal((await fetch(`${server.url}/demo/token`, { method: 'POST', headers: json, body })).status, 404);
  });

  it('S-52: metrics have a port of their own and nothing of a person in them; there is no other door', async (t) => {
    const server = await ChatServer.start(t, { metricsPort: 0 });
    const [alice] = await server.connectAll('alice-the-person', 'bob');
    await alice.text('p2p-bob', 'the words of a message');
    const metrics = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
    assert.match(metrics, /im_/);
    assert.doesNotMatch(metrics, /alice-the-person|the words/);
    for (const path of [
      '/metrics',
      '/admin',
      '/debug',
      '/debug/pprof',
      '/.env',
      '/docs/../package.json',
      '/demo-app.json',
      '/im.sqlite',
    ])
      assert.equal((await fetch(server.url + path)).status, 404, path);
    for (const path of ['/', '/metrics/', '/metrics?x', '/healthz'])
      assert.equal((await fetch(`http://127.0.0.1:${server.metricsPort}${path}`)).status, 404, path);
  });

  it('S-52: no path leads out of the folders that are served', async (t) => {
    const server = await ChatServer.start(t, { demo: true });
    const { port } = server;
    const { request } = await import('node:http');
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/%2e%2e%2f%2e%2e%2fetc/passwd',
      '/chunks/../../package.json',
      '/chunks/..%2f..%2fpackage.json',
      '/chunks/%2e%2e',
      '/chunks/..',
      '//etc/passwd',
      '/\\..\\package.json',
      '/.git/config',
      '/.npmrc',
      '/index.html%00.js',
    ]) {
      // `fetch` would tidy the path up first.
      const status = await new Promise<number>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path }, (answer) => resolve(answer.resume().statusCode!))
          .on('error', reject)
          .end();
      });
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
    }
  });

  it('S-52: what goes wrong within tells nothing of the inside: no stack, no path, no SQL', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage, demo: true });
    const [alice] = await server.connectAll('alice', 'bob');
    const inside = new Error('SELECT secret FROM inside at /srv/app/server.js:1:1');
    const fail = (): Promise<never> => Promise.reject(inside);
    Object.assign(storage, {
      createAccount: fail,
      append: fail,
      views: fail,
      accounts: fail,
      check: fail,
      findDirect: fail,
    });
    const answers = [
      JSON.stringify(await manage(server.url, 'user/create', { accid: 'x' })),
      await (await fetch(`${server.url}/readyz`)).text(),
      await (await fetch(`${server.url}/%E0%A4%A`)).text(),
      await (await fetch(`${server.url}/demo/token`, { method: 'POST', headers: json, body: '{"account":' })).text(),
    ];
    await alice.text('p2p-bob', 'x');
    alice.send({ t: 'list', r: 1, limit: 10 });
    alice.send({ t: 'users', r: 2, accounts: ['carol'] });
    alice.send({ t: 'get', r: 3, cid: 'p2p-carol' });
    for (let i = 0; i < 3; i++) answers.push(JSON.stringify(await alice.expect('error')));
    answers.push(JSON.stringify(alice.all));
    for (const answer of answers)
      assert.doesNotMatch(answer, /SELECT|secret|\/srv|node_modules|\.[jt]s:\d|^ {4}at /m, answer);
  });
});
