import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { ChatClient } from '../../src/client/chat-client.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { ChatServer, temporaryDirectory } from '../helpers/chat-server.js';

/** Bodies that no server of ours would have stored. */
const bodies = [
  '',
  'null',
  '7',
  '"text"',
  '[]',
  '{"content":',
  '{"content":7}',
  '{"content":null}',
  '{"content":{"toString":1}}',
  '{"content":"x","location":"nowhere"}',
  '{"location":{"title":1,"longitude":"x","latitude":1e400}}',
  '{"file":{"url":"javascript:alert(1)"}}',
  '{"content":"x","mentions":"alice"}',
  '{"content":"x","attach":{"type":{},"accounts":[null]}}',
  '{"content":"x","attach":{"type":"update","changes":[["name"]]}}',
  '{"content":"x","id":7,"idClient":"__proto__","from":"UPPER","time":"now","type":null}',
  '{"content":"x","__proto__":{"polluted":1},"constructor":1}',
  '{"content":"x","replyTo":"no good"}',
  '{"content":"\\ud800"}',
  '{"content":"\\u0000"}',
  JSON.stringify({ content: 'x'.repeat(6_000) }),
  `{"content":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  '{"content":"x"}}],"head":9,"events":[',
];
/** Other columns that would break out of their place in a frame. */
const columns = [
  { type: 'te"xt' },
  { type: 'text","from":"admin' },
  { type: '__proto__' },
  { type: 'x'.repeat(500) },
  { id: 'id"}}' },
  { id: '\\' },
  { idClient: 'quote"d-id' },
  { idClient: '<img src=x>' },
  { idClient: 'line\nbreak' },
];

/** Resolves when it holds; looked at whenever the client's list changes. */
function until(client: ChatClient, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => client.on('conversations', () => holds() && resolve()));
}

describe('a record that should not be there', () => {
  it('S-21: keeps its place, and every client still loads everything beside it', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const [alice] = await server.connectAll('alice', 'bob', 'carol');
    await alice.text('p2p-bob', 'good 0');
    await alice.text('p2p-carol', 'elsewhere');
    const { id: conversation } = (await storage.findDirect('alice', 'bob'))!;
    let poison = 0;
    const store = async (fields: object): Promise<void> => {
      const row = {
        id: `id-${++poison}`,
        idClient: `poison-${poison}`,
        from: 'alice',
        type: 'text',
        body: '{"content":"x"}',
      };
      const counted = { conversation, fingerprint: String(poison), time: Date.now(), counts: true };
      await storage.append({ ...row, ...counted, ...fields });
      // Each is the newest of its conversation in turn: a list shows it, and a resume begins with it.
      await reads(poison);
      await alice.text('p2p-bob', `good ${poison}`);
    };
    const errors: string[] = [];
    const reads = async (count: number): Promise<void> => {
      for (const account of ['bob', 'alice']) {
        const client = await server.connect(account);
        client.send({ t: 'list', r: 1, limit: 10 });
        const { items } = await client.expect('list');
        assert.equal(items.length, account === 'bob' ? 1 : 2, `after ${count}`);
        await client.close();
      }
    };
    for (const body of bodies) await store({ body });
    for (const fields of columns) await store(fields);

    for (const account of ['alice', 'bob']) {
      const client = new ChatClient({
        server: server.url,
        account,
        cache: 'memory',
        WebSocket,
        getToken: () => server.token(account),
      });
      client.on('error', ({ error }) => errors.push(error.message));
      const connected = new Promise<void>((resolve) =>
        client.on('connection', ({ state }) => state === 'connected' && resolve()),
      );
      client.connect();
      await connected;
      await until(client, () => !client.conversationsLoading);
      const other = account === 'alice' ? 'p2p-bob' : 'p2p-alice';
      const messages = await client.history(other, { limit: 300 });
      const good = messages.flatMap(({ content }) => (/^good \d+$/.test(content ?? '') ? [content] : []));
      assert.deepEqual(
        good,
        Array.from({ length: poison + 1 }, (_, i) => `good ${i}`),
        account,
      );
      await until(client, () => client.conversations().length === (account === 'alice' ? 2 : 1));
      const arrived = new Promise<void>((resolve) => client.on('send', () => resolve()));
      await client.send(other, { content: `and on, says ${account}` });
      await arrived;
      await client.close();
    }
    assert.deepEqual(errors, []);
    assert.equal('polluted' in {}, false);
  });

  it('S-21: an account whose fields are poison is shown to others and spoils no list', async (t) => {
    const storage = await openStorage({ dataDir: await temporaryDirectory(t) });
    const server = await ChatServer.start(t, { storage });
    const names = ['x'.repeat(5_000), '\u202e\u2066\0\n', '"},{', '<script>'];
    const alice = await server.connect('alice');
    for (const [i, name] of names.entries()) {
      const account = `poison-${i}`;
      await storage.createAccount({ account, name, icon: 'javascript:alert(1)'.repeat(100), extra: '{"broken' });
      await alice.text(`p2p-${account}`, 'hello');
      const poisoned = await server.connect(account);
      await poisoned.text('p2p-alice', 'hello');
    }
    await storage.ensureAccount('bob');
    await alice.text('p2p-bob', 'good');
    const client = new ChatClient({
      server: server.url,
      account: 'alice',
      cache: 'memory',
      WebSocket,
      getToken: () => server.token('alice'),
    });
    const errors: string[] = [];
    client.on('error', ({ error }) => errors.push(error.message));
    const connected = new Promise<void>((resolve) =>
      client.on('connection', ({ state }) => state === 'connected' && resolve()),
    );
    client.connect();
    await connected;
    await until(client, () => client.conversations().length === names.length + 1);
    await client.close();
    assert.deepEqual(errors, []);
  });
});
