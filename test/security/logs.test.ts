import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { logOptions } from '../../src/server/logger.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';
import { manage, signed } from '../helpers/management.js';
import { ServerProcess } from '../helpers/server-process.js';
import { WireClient } from '../helpers/wire-client.js';
import { askToUpgrade, readToEnd } from './helpers/raw.js';

const app = { key: 'key-of-the-log-test', secret: 'secret-of-the-log-test' };
const words = 'MARKED-WORDS-OF-A-MESSAGE';
const newlines = 'x"}\n{"level":50,"msg":"FORGED LINE"}\r\n\u001b[31mRED\u001b[0m\u2028FORGED\0';

/** Everything that a server does, well and badly, with secrets wherever there may be some. Gives the secrets. */
async function scenario(url: string, token: string): Promise<string[]> {
  const sign = () => signed({}, app);
  const { info } = await manage(
    url,
    'user/create',
    { accid: 'erin', name: 'MARKED\n{"level":50,"msg":"FORGED"}\u2028\u001b[31m' },
    sign(),
  );
  await manage(url, 'user/create', { accid: 'erin', token: 'MARKED-CHOSEN-TOKEN' }, sign());
  await manage(url, 'user/update', { accid: 'erin', token: 'MARKED-CHOSEN-TOKEN' }, sign());
  await manage(url, 'user/create', { accid: newlines }, sign());
  await manage(url, 'user/create', { accid: 'x' }, { ...sign(), CheckSum: 'MARKED-CHECKSUM' });
  const alice = await WireClient.open(url, { headers: { cookie: 'session=MARKED-COOKIE' } });
  await alice.greet({ account: 'alice', token });
  alice.send({ t: 'refresh', token });
  await alice.expect('refreshed');
  await alice.text('p2p-erin', `${words} ${newlines.replace('\0', '')}`);
  await alice.text('p2p-nobody', words);
  alice.send({ t: 'settings', r: 1, cid: 'p2p-erin', custom: words });
  alice.sendRaw(
    `{"t":"send","idClient":"twice-the-same","cid":"p2p-erin","type":"text","content":${JSON.stringify(newlines)}}`,
  );
  alice.sendRaw(JSON.stringify({ t: newlines }));
  alice.sendRaw(`{"t":"refresh","token":"MARKED-WRONG-TOKEN"}`);
  await alice.closed();
  for (const hello of [
    { account: 'erin', token: 'MARKED-CHOSEN-TOKEN' },
    { account: 'erin', token: info!.token! },
    { account: 'erin', token },
    { account: 'erin', token: newlines },
    { account: newlines, token: 'MARKED-WRONG-TOKEN' },
    { account: 'erin', token: `${token.slice(0, -4)}AAAA` },
  ]) {
    const client = await WireClient.open(url);
    client.sendRaw(JSON.stringify({ t: 'hello', v: 1, device: 'd', tab: 't', ...hello }));
    await client.expectAny(['welcome', 'bye']);
  }
  const garbled = await WireClient.open(url);
  garbled.sendRaw(`{"t":"hello","token":"${token}`);
  await garbled.closed();
  const { port } = new URL(url);
  for (const path of [`/ws?token=MARKED-URL-TOKEN`, `/nowhere?token=MARKED-URL-TOKEN%0aFORGED`])
    for (const origin of ['https://evil.example', 'https://evil.example\u001b[31mFORGED']) {
      const socket = await askToUpgrade(Number(port), path, `Origin: ${origin}`, 'Cookie: session=MARKED-COOKIE');
      const written = readToEnd(socket);
      socket.end();
      await written;
    }
  await fetch(`${url}/im-elements.js?token=MARKED-URL-TOKEN`, { headers: { authorization: 'Bearer MARKED-BEARER' } });
  await fetch(`${url}/nowhere?token=MARKED-URL-TOKEN`);
  await fetch(`${url}/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"account":',
  });
  return [token, token.split('.')[2]!, info!.token!, app.secret, words, 'MARKED'];
}

async function everythingSaid(t: TestContext, args: readonly string[]) {
  const DATA_DIR = await temporaryDirectory(t);
  const env = { IM_APP_KEY: app.key, IM_APP_SECRET: app.secret, DATA_DIR, LOG_LEVEL: 'trace' };
  const server = await ServerProcess.start(t, args, env);
  const { stdout } = await ServerProcess.run(['token', 'alice'], { IM_APP_KEY: app.key, IM_APP_SECRET: app.secret });
  const secrets = await scenario(server.url, stdout.trim());
  server.signal('SIGTERM');
  return { secrets, DATA_DIR, ...(await server.ended()) };
}

describe('what is written down', () => {
  for (const args of [['serve'], ['serve', '--demo']])
    it(`S-3, S-51: ${args.join(' ')} logs no token, no secret and no word of a message, at any level, whatever goes wrong`, async (t) => {
      const { secrets, stdout, stderr } = await everythingSaid(t, args);
      for (const secret of secrets)
        for (const text of [stdout, stderr]) assert.ok(!text.includes(secret), `${secret}\n${text}`);
      assert.match(stdout, /"code":4402/, 'the log says something, all the same');
    });

  it('S-51: every line of the log is one record, whatever names and origins hold', async (t) => {
    const { stdout, stderr } = await everythingSaid(t, ['serve']);
    assert.equal(stderr, '');
    const lines = stdout.split('\n').filter((line) => line !== '');
    assert.ok(lines.length > 5);
    for (const line of lines) {
      const { msg, level } = JSON.parse(line) as { msg: string; level: number };
      assert.ok(typeof msg === 'string' && !msg.startsWith('FORGED'), line);
      assert.ok(level < 50, `nothing of it is the server’s own fault: ${line}`);
      // eslint-disable-next-line no-control-regex -- what a terminal would obey
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f\u009b]/);
    }
  });

  it('S-51: an error of the database is told without the row that it refused', async (t) => {
    const lines: string[] = [];
    const logger = pino(logOptions('trace'), { write: (line) => void lines.push(line) });
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage, logger });
    const [alice] = await server.connectAll('alice', 'bob');
    const detail = `Failing row contains (1, alice, ${words})`;
    storage.append = () =>
      Promise.reject(Object.assign(new Error('no'), { code: '23502', detail, where: words, row: [words] }));
    assert.equal((await alice.text('p2p-bob', words)).t, 'nack');
    assert.match(lines.join(''), /"code":"23502"/);
    assert.ok(!lines.join('').includes(words));
  });

  it('S-3: the store holds no token, only what one can be told by', async (t) => {
    const { secrets, DATA_DIR } = await everythingSaid(t, ['serve']);
    const tokens = secrets.slice(0, 4);
    for (const entry of await readdir(DATA_DIR, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const { name } = entry;
      const bytes = await readFile(join(entry.parentPath, name));
      for (const token of [...tokens, 'MARKED-CHOSEN-TOKEN']) assert.ok(!bytes.includes(token), `${name}: ${token}`);
    }
  });
});
