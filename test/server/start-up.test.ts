import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { ServerProcess } from '../helpers/server-process.js';
import { WireClient } from '../helpers/wire-client.js';

const secret = { IM_APP_KEY: 'key', IM_APP_SECRET: 'a-secret-of-the-tests-only' };

/** Runs `serve` and demands that it ends with the code and one line; gives the line. */
async function oneLine(code: number, env: Record<string, string>, args = ['serve']): Promise<string> {
  const ended = await ServerProcess.run(args, env);
  assert.equal(ended.code, code, ended.stderr);
  const lines = ended.stderr.trimEnd().split('\n');
  assert.equal(lines.length, 1, ended.stderr);
  assert.match(lines[0]!, /^im-elements: /);
  return lines[0]!;
}

describe('a wrong value', () => {
  it('ends the process with code 2 and one line', async (t) => {
    const keys = join(await temporaryDirectory(t), 'keys.json');
    await writeFile(keys, '{"keys":');
    assert.match(await oneLine(2, { ...secret, PORT: 'eighty' }), /PORT is "eighty": it may hold a port, 0 to 65535/);
    const line = await oneLine(2, { ...secret, DATA_DIR: await temporaryDirectory(t), IM_TOKEN_JWKS: keys });
    assert.match(line, /IM_TOKEN_JWKS .* JSON Web Key Set/);
  });
});

describe('a server that cannot start says why, and what to do', () => {
  it('without a secret outside --demo', async () => {
    assert.match(await oneLine(2, {}), /IM_APP_KEY is not set.*serve --demo/);
  });

  it('when a port is in use', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    t.after(() => other.close());
    const port = String((other.address() as AddressInfo).port);
    for (const name of ['PORT', 'METRICS_PORT']) {
      const line = await oneLine(1, { ...secret, PORT: '0', DATA_DIR: await temporaryDirectory(t), [name]: port });
      assert.match(line, new RegExp(`port ${port} of 127\\.0\\.0\\.1 is in use: .*PORT`));
    }
  });

  it('F27: when another process serves from its DATA_DIR', async (t) => {
    const DATA_DIR = await temporaryDirectory(t);
    await ServerProcess.start(t, ['serve'], { ...secret, DATA_DIR });
    const line = await oneLine(1, { ...secret, DATA_DIR, PORT: '0' });
    assert.ok(line.includes(DATA_DIR), line);
    assert.match(line, /in use by process \d+: stop/);
  });

  it('when it cannot write its DATA_DIR, has no such address, or no PostgreSQL answers', async (t) => {
    const directory = await temporaryDirectory(t);
    const file = join(directory, 'file');
    await writeFile(file, '');
    const [dir, host, database] = await Promise.all([
      oneLine(1, { ...secret, DATA_DIR: file }),
      oneLine(1, { ...secret, DATA_DIR: directory, HOST: '192.0.2.1' }),
      oneLine(1, { ...secret, DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:9/x' }),
    ]);
    assert.ok(dir.includes(file), dir);
    assert.match(host, /192\.0\.2\.1.*HOST/);
    assert.ok(database.includes('127.0.0.1:9') && !database.includes('hunter2'), database);
  });

  it('when its command line makes no sense', async () => {
    for (const [args, said] of [
      [[], 'no command'],
      [['fly'], '"fly"'],
      [['serve', 'now'], '"serve now"'],
      [['token'], '"token"'],
    ] as const) {
      const { code, stderr } = await ServerProcess.run(args);
      assert.equal(code, 2);
      assert.ok(
        stderr.startsWith('im-elements: ') && stderr.includes(said) && stderr.includes('im-elements serve'),
        stderr,
      );
    }
    assert.match(await oneLine(2, {}, ['serve', '--dmeo']), /--dmeo/);
    assert.match(await oneLine(2, secret, ['token', 'alice', '--expires', 'soon']), /--expires is "soon".*10m/);
    const { code, stdout } = await ServerProcess.run(['--help']);
    assert.ok(code === 0 && stdout.includes('im-elements serve'));
  });
});

describe('im-elements', () => {
  it('serve --demo needs nothing, says in three lines what runs where, and keeps the secret it made up', async (t) => {
    const DATA_DIR = await temporaryDirectory(t);
    const first = await ServerProcess.start(t, ['serve', '--demo'], { DATA_DIR });
    const response = await fetch(`${first.url}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'alice' }),
    });
    const { token } = (await response.json()) as { token: string };
    first.signal('SIGTERM');
    const { code, stdout } = await first.ended();
    assert.equal(code, 0);
    assert.match(stdout, /IM_APP_SECRET=[0-9a-f]{64}/);
    assert.equal((await stat(join(DATA_DIR, 'demo-app.json'))).mode & 0o777, 0o600);
    const second = await ServerProcess.start(t, ['serve', '--demo'], { DATA_DIR });
    const alice = await WireClient.open(second.url);
    await alice.greet({ account: 'alice', token });
    assert.equal(second.log.length, 3);
    assert.ok(!second.log.some(({ msg }) => msg.includes('SECRET')), 'printed once');
  });

  it('token prints a token that opens a connection for as long as it says', async (t) => {
    const DATA_DIR = await temporaryDirectory(t);
    const server = await ServerProcess.start(t, ['serve'], { ...secret, DATA_DIR });
    const { stdout } = await ServerProcess.run(['token', 'Alice', '--expires', '90s'], secret);
    const client = await WireClient.open(server.url);
    const { account, ttlS } = await client.greet({ account: 'alice', token: stdout.trim() });
    assert.ok(account === 'alice' && ttlS <= 90 && ttlS > 60);
    assert.equal((await ServerProcess.run(['token', 'alice'], { DATA_DIR })).code, 2, 'no secret, no token');
  });

  it('backup copies the store while a server runs on it', async (t) => {
    const DATA_DIR = await temporaryDirectory(t);
    const server = await ServerProcess.start(t, ['serve'], { ...secret, DATA_DIR });
    for (const account of ['bob', 'alice']) {
      const { stdout } = await ServerProcess.run(['token', account], secret);
      const client = await WireClient.open(server.url);
      await client.greet({ account, token: stdout.trim() });
      if (account === 'alice') await client.text('p2p-bob', 'worth keeping');
    }
    const restored = await temporaryDirectory(t);
    const file = join(restored, 'im.sqlite');
    assert.deepEqual(await ServerProcess.run(['backup', file], { DATA_DIR }), {
      code: 0,
      stdout: `copied to ${file}\n`,
      stderr: '',
    });
    assert.match(await oneLine(1, { DATA_DIR }, ['backup', file]), /exists already/);
    assert.match(await oneLine(2, { DATABASE_URL: 'postgres://x/y' }, ['backup', file]), /pg_dump/);
    const storage = await openStorage({ dataDir: restored });
    t.after(() => storage.close());
    const [view] = await storage.views('bob', { limit: 1 });
    assert.match(view!.lastMessage!.body, /worth keeping/);
  });

  it('logs no body, no token and no secret', async (t) => {
    const DATA_DIR = await temporaryDirectory(t);
    const server = await ServerProcess.start(t, ['serve', '--demo'], { ...secret, DATA_DIR, LOG_LEVEL: 'trace' });
    const { stdout } = await ServerProcess.run(['token', 'alice'], secret);
    const token = stdout.trim();
    const client = await WireClient.open(server.url);
    await client.greet({ account: 'alice', token });
    await client.text('p2p-bob', 'the words of a message');
    await client.text('p2p-nobody', 'the words of a message');
    client.sendRaw('{"t":"send","content":"the words of a message"');
    await client.closed();
    const wrong = await WireClient.open(server.url);
    wrong.hello({ account: 'bob', token });
    await wrong.closed();
    server.signal('SIGTERM');
    const log = (await server.ended()).stdout;
    for (const hidden of ['the words', token, secret.IM_APP_SECRET]) assert.ok(!log.includes(hidden), hidden);
    assert.ok(log.includes('another account'), 'but what was refused is there');
    assert.equal((await readFile(join(DATA_DIR, 'im.sqlite'))).includes(token), false);
  });
});
