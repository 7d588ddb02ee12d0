import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';

const widget = 'export const widget = "for any page";\n'.repeat(50);

/** A widget and a demo as the build leaves them. */
async function pages(t: TestContext) {
  const widgetDir = await temporaryDirectory(t);
  const demoDir = await temporaryDirectory(t);
  await mkdir(join(widgetDir, 'chunks'));
  await mkdir(join(widgetDir, 'lib'));
  const files: [string, string | Buffer][] = [
    [join(widgetDir, 'im-elements.js'), widget],
    [join(widgetDir, 'im-elements.js.gz'), gzipSync(widget)],
    [join(widgetDir, 'chunks', 'zh-cn-AbC123.js'), 'export {};'],
    [join(widgetDir, 'lib', 'server.js'), 'not for the world'],
    [join(demoDir, 'index.html'), '<!doctype html><title>Demo</title>'],
    [join(demoDir, 'embed.html'), '<!doctype html><title>Embed</title>'],
    [join(demoDir, '.hidden'), 'not for the world'],
  ];
  for (const [file, content] of files) await writeFile(file, content);
  return { widgetDir, demoDir };
}

describe('the widget’s files', () => {
  it('are for pages of any origin: entry points asked for anew, chunks kept for ever, compressed', async (t) => {
    const server = await ChatServer.start(t, await pages(t));
    const entry = await fetch(`${server.url}/im-elements.js`, { headers: { origin: 'https://any.example' } });
    assert.equal(await entry.text(), widget);
    const header = (name: string): string | null => entry.headers.get(name);
    assert.deepEqual(
      [entry.status, header('content-encoding'), header('access-control-allow-origin'), header('cache-control')],
      [200, 'gzip', '*', 'no-cache'],
    );
    assert.match(header('content-type')!, /javascript/);
    assert.equal(header('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(header('x-content-type-options'), 'nosniff');
    assert.match(header('vary')!, /accept-encoding/i);
    // Not by fetch, which adds a `cache-control: no-cache` of its own to a conditional request.
    const request = get(`${server.url}/im-elements.js`, {
      headers: { 'if-none-match': header('etag')!, 'accept-encoding': 'gzip' },
    });
    const [again] = (await once(request, 'response')) as [IncomingMessage];
    assert.equal(again.statusCode, 304);
    again.resume();
    const chunk = await fetch(`${server.url}/chunks/zh-cn-AbC123.js`);
    assert.match(chunk.headers.get('cache-control')!, /max-age=31536000, immutable/);
    const plain = await fetch(`${server.url}/im-elements.js`, { headers: { 'accept-encoding': 'identity' } });
    assert.deepEqual([await plain.text(), plain.headers.get('content-encoding')], [widget, null]);
  });

  it('are these and no others', async (t) => {
    const server = await ChatServer.start(t, await pages(t));
    for (const path of [
      '/im-elements.iife.js',
      '/lib/server.js',
      '/chunks/../lib/server.js',
      '/chunks/..%2Flib%2Fserver.js',
      '/chunks/nothing.js',
      '/package.json',
      '/',
      '/embed.html',
    ]) {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 404, path);
      assert.deepEqual(await response.json(), { error: 'not found' }, path);
    }
  });
});

describe('the demo', () => {
  it('has pages and gives tokens to whoever asks, under --demo only', async (t) => {
    const directories = await pages(t);
    const server = await ChatServer.start(t, { ...directories, demo: true });
    for (const [path, title] of [
      ['/', 'Demo'],
      ['/embed.html', 'Embed'],
    ] as const)
      assert.match(await (await fetch(server.url + path)).text(), new RegExp(title));
    for (const path of ['/.hidden', '/../package.json', '/%2e%2e/package.json'])
      assert.equal((await fetch(server.url + path)).status, 404, path);
    const ask = (url: string, body: unknown, headers = {}) =>
      fetch(`${url}/demo/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const answer = await ask(server.url, { account: 'Bob' }, { origin: server.url });
    const { token, expiresIn } = (await answer.json()) as { token: string; expiresIn: number };
    assert.equal(expiresIn, 600);
    const page = await server.open({ origin: server.url });
    assert.deepEqual((await page.greet({ account: 'bob', token })).profile, { account: 'bob', name: 'Bob' });
    for (const body of [{}, { account: 7 }, { account: '' }, { account: 'x'.repeat(33) }, { account: '../' }, null])
      assert.equal((await ask(server.url, body)).status, 400, JSON.stringify(body));
    const production = await ChatServer.start(t, directories);
    assert.equal((await ask(production.url, { account: 'alice' })).status, 404);
  });

  it('gives one address so many tokens in a minute', async (t) => {
    const server = await ChatServer.start(t, { demo: true, tuning: { demoTokensPerMinute: 2 } });
    const statuses = [];
    for (let i = 0; i < 3; i++) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${server.url}/demo/token`, {
        method: 'POST',
        headers,
        body: '{"account":"alice"}',
      });
      statuses.push(response.status);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
  });

  it('gives tokens to pages of the allowed origins only', async (t) => {
    const allowed = 'https://good.example';
    const server = await ChatServer.start(t, { ...(await pages(t)), demo: true, origins: new Set([allowed]) });
    const preflight = (origin: string) =>
      fetch(`${server.url}/demo/token`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const good = await preflight(allowed);
    assert.deepEqual([good.status, good.headers.get('access-control-allow-origin')], [204, allowed]);
    assert.equal(good.headers.get('access-control-allow-credentials'), null);
    const evil = await preflight('https://evil.example');
    assert.deepEqual([evil.status, evil.headers.get('access-control-allow-origin')], [403, null]);
  });
});

describe('an operator', () => {
  it('sees whether it lives and is ready, and what it does', async (t) => {
    const server = await ChatServer.start(t, { metricsPort: 0 });
    for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(server.url + path)).status, 200, path);
    const [alice] = await server.connectAll('alice', 'bob');
    const secret = 'the words of a message';
    await alice.text('p2p-bob', secret, 'metric-id-1');
    await alice.text('p2p-bob', secret, 'metric-id-1');
    await alice.text('p2p-nobody', secret);
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
    for (const line of [
      'im_connections 2',
      'im_messages_total{dup="false"} 1',
      'im_messages_total{dup="true"} 1',
      'im_refused_total{code="404"} 1',
      'im_commit_seconds_count 2',
    ])
      assert.ok(text.includes(`${line}\n`), line);
    assert.match(text, /im_batch_messages_count \d/);
    assert.match(text, /process_cpu_seconds_total \d/);
    assert.ok(!text.includes(secret));
    assert.equal((await fetch(`${server.url}/metrics`)).status, 404, 'not where the world is');
    assert.equal((await fetch(`http://127.0.0.1:${server.metricsPort}/`)).status, 404);
  });

  it('sees no insides in an error, and strict headers on every answer', async (t) => {
    const server = await ChatServer.start(t);
    const bad = await fetch(`${server.url}/%E0%A4%A`);
    assert.equal(bad.status, 400);
    assert.ok(!(await bad.text()).includes('    at '));
    const missing = await fetch(`${server.url}/nothing`);
    const policy = missing.headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(missing.headers.get('x-powered-by'), null);
  });
});
