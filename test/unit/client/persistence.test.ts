import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import { connected, texts, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;

describe('what a page finds again', () => {
  let loop: LoopServer;
  let server: string;
  let name: string;
  let tabs: ChatClient[];
  let errors: string[];

  beforeEach(() => {
    server = `https://persistence-${count++}.example`;
    name = `im-elements ${new URL(server).host}/ alice`;
    loop = new LoopServer();
    tabs = [];
    errors = [];
  });
  afterEach(async () => {
    await Promise.all(tabs.map((tab) => tab.close()));
    await deleteDB(name);
    expect(errors).to.deep.equal([]);
  });

  const tab = (options: Partial<Parameters<LoopServer['client']>[0]> = {}): ChatClient => {
    const client = loop.client({ server, ...options });
    client.on('error', ({ error }) => errors.push(error.message));
    tabs.push(client);
    client.connect();
    return client;
  };
  /** A tab that has no server to talk to. */
  const offline = (options: Partial<Parameters<LoopServer['client']>[0]> = {}): ChatClient =>
    tab({ getToken: () => new Promise<string>(() => undefined), token: undefined as never, ...options });
  const statuses = (client: ChatClient): string[] =>
    client.timeline('p2p-bob').messages.map(({ content, status }) => `${content} ${status}`);

  it('its conversations and messages, without a server', async () => {
    loop.fill('p2p-bob', 30);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    await first.openTimeline('p2p-bob');
    await first.close();
    const second = offline();
    await until(second, () => second.conversations().length === 1);
    expect(second.conversationsLoading).to.equal(false);
    await second.openTimeline('p2p-bob');
    expect(texts(second, 'p2p-bob')).to.deep.equal(Array.from({ length: 30 }, (_, i) => `m${i + 1}`));
  });

  it('what it had written and not sent, in order, and sends it once', async () => {
    loop.storing = false;
    const first = tab();
    await connected(first);
    for (const content of ['a', 'b', 'c']) await first.send('p2p-bob', { content });
    await first.close();
    loop.storing = true;
    loop.received.length = 0;
    const second = tab();
    await until(second, () => statuses(second).join() === 'a success,b success,c success');
    expect(loop.of('send').map(({ content, resend }) => [content, resend])).to.deep.equal([
      ['a', true],
      ['b', true],
      ['c', true],
    ]);
    await second.close();
    const db = await openDB(name);
    expect([await db.count('outbox'), await db.count('sent')]).to.deep.equal([0, 3]);
    db.close();
    const third = offline();
    await until(third, () => third.conversations().length === 1);
    await third.openTimeline('p2p-bob');
    expect(statuses(third)).to.deep.equal(['a success', 'b success', 'c success']);
  });

  it('what had failed, still failed, and can send it again', async () => {
    // Written before the database is open: it waits for it.
    const first = offline({ timing: { giveUp: 0 } });
    const { idClient } = await first.send('p2p-bob', { content: 'a' });
    await until(first, () => statuses(first)[0] === 'a fail');
    await first.close();
    const second = tab();
    await until(second, () => statuses(second)[0] === 'a fail');
    await second.resend(idClient);
    await until(second, () => statuses(second)[0] === 'a success');
  });

  it('what it could not send for a day, failed', async () => {
    const first = offline();
    const { idClient } = await first.send('p2p-bob', { content: 'a' });
    await first.close();
    const db = await openDB(name);
    const row = (await db.get('outbox', idClient)) as { time: number };
    await db.put('outbox', { ...row, time: row.time - 24 * 3_600_000 });
    db.close();
    const second = offline();
    await until(second, () => statuses(second)[0] === 'a fail');
  });

  it('its drafts', async () => {
    loop.fill('p2p-bob', 1);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    first.setDraft('p2p-bob', 'half a sen');
    await first.close();
    const second = offline();
    await until(second, () => second.conversation('p2p-bob')?.draft === 'half a sen');
  });

  it('its own read marks, which the server had not heard of', async () => {
    loop.fill('p2p-bob', 3);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    await first.close();
    const db = await openDB(name);
    const row = (await db.get('conversations', 'p2p-bob')) as { conversation: object };
    await db.put('conversations', {
      ...row,
      confirmedRead: 0,
      conversation: { ...row.conversation, readSeq: 0, unread: 3 },
    });
    db.close();
    const second = offline();
    await until(second, () => second.unreadTotal === 3);
    second.markRead('p2p-bob');
    await second.close();
    const heard = loop.next('read');
    const third = tab();
    await connected(third);
    expect(third.unreadTotal).to.equal(0);
    expect((await heard).seq).to.equal(3);
  });

  it('only as much of 10,000 messages as it shows', async () => {
    loop.fill('p2p-bob', 10_000);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    await first.openTimeline('p2p-bob');
    for (let i = 0; i < 33; i++) await first.history('p2p-bob', { before: 9_951 - i * 300, limit: 300 });
    await first.close();
    const getAll = IDBObjectStore.prototype.getAll;
    let rows = 0;
    IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, query?: IDBKeyRange | null) {
      const request = getAll.call(this, query);
      if (this.name === 'events') request.addEventListener('success', () => (rows += request.result.length));
      return request;
    };
    try {
      const second = offline();
      await until(second, () => second.conversations().length === 1);
      expect(rows).to.equal(0);
      await second.openTimeline('p2p-bob');
      expect(texts(second, 'p2p-bob').at(-1)).to.equal('m10000');
      expect(rows).to.equal(50);
      for (let i = 0; i < 5; i++) await second.loadOlder('p2p-bob');
      expect(rows).to.equal(300);
      expect(texts(second, 'p2p-bob')).to.have.length(300);
    } finally {
      IDBObjectStore.prototype.getAll = getAll;
    }
  }).timeout(30_000);

  it('another history: pages are forgotten, what it wrote lately is offered again', async () => {
    loop.fill('p2p-bob', 5);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    await first.send('p2p-bob', { content: 'mine' });
    await until(first, () => first.conversation('p2p-bob')?.lastSeq === 6);
    await first.close();
    loop.epoch = 'e2';
    loop.logs.clear();
    loop.fill('p2p-bob', 2);
    const second = tab();
    await second.openTimeline('p2p-bob');
    await until(second, () => statuses(second).join() === 'm1 success,m2 success,mine success');
    expect(loop.logs.get('p2p-bob')).to.have.length(3);
  });

  it('nothing of another account', async () => {
    loop.fill('p2p-bob', 3);
    const first = tab();
    await until(first, () => first.conversations().length === 1);
    const other = offline({ account: 'mallory' });
    await until(other, () => !other.conversationsLoading || other.connection.state === 'connecting');
    await other.close();
    expect(other.conversations()).to.deep.equal([]);
    await deleteDB(name.replace(/alice$/, 'mallory'));
  });

  it('no socket, no open database, however often it comes and goes', async () => {
    for (let i = 0; i < 20; i++) {
      const client = tab();
      if (i % 2) await connected(client);
      await client.close();
    }
    expect(loop.sockets).to.equal(0);
    let blocked = false;
    await deleteDB(name, { blocked: () => (blocked = true) });
    expect(blocked).to.equal(false);
  }).timeout(20_000);
});
