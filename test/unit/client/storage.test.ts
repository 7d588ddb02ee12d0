import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { StorageState } from '../../../src/client/api.js';
import type { ChatClient } from '../../../src/client/chat-client.js';
import { migrations } from '../../../src/client/cache/schema.js';
import type { CacheError } from '../../../src/client/errors.js';
import { connected, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;

describe('what is at risk', () => {
  let loop: LoopServer;
  let server: string;
  let name: string;
  let clients: ChatClient[];
  let codes: string[];
  let told: StorageState[];
  const put = IDBObjectStore.prototype.put;

  beforeEach(() => {
    server = `https://storage-${count++}.example`;
    name = `im-elements ${new URL(server).host}/ alice`;
    loop = new LoopServer();
    clients = [];
    codes = [];
    told = [];
  });
  afterEach(async () => {
    IDBObjectStore.prototype.put = put;
    await Promise.all(clients.map((client) => client.close()));
    await deleteDB(name);
  });

  const start = (options: Partial<Parameters<LoopServer['client']>[0]> = {}): ChatClient => {
    const client = loop.client({ server, timing: { cacheAgain: 20 }, ...options });
    client.on('error', ({ error }) => codes.push((error as CacheError).code));
    client.on('storage', (state) => told.push(state));
    clients.push(client);
    client.connect();
    return client;
  };
  const statuses = (client: ChatClient): string[] =>
    client.timeline('p2p-bob').messages.map(({ content, status }) => `${content} ${status}`);
  const onDisk = async (store: 'outbox' | 'drafts'): Promise<unknown[]> => {
    const db = await openDB(name);
    const rows: unknown[] = db.objectStoreNames.contains(store) ? await db.getAll(store) : [];
    db.close();
    return rows;
  };
  /** The disk is full: nothing can be put. */
  const fill = (): void => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  };
  const nothing: StorageState = { lasting: true, unsent: 0, drafts: 0 };

  it('is nothing while the database works, whatever waits to be sent', async () => {
    loop.fill('p2p-bob', 1);
    loop.storing = false;
    const client = start();
    await connected(client);
    await client.send('p2p-bob', { content: 'a' });
    client.setDraft('p2p-bob', 'half a sen');
    expect(client.storage).to.deep.equal(nothing);
    expect(told).to.deep.equal([]);
  });

  it('F19: on a full disk: what is not sent, told until it is, and sent from memory', async () => {
    loop.storing = false;
    const client = start({ timing: { cacheAgain: 3_600_000 } });
    await connected(client);
    fill();
    await client.send('p2p-bob', { content: 'a' });
    await client.send('p2p-bob', { content: 'b' });
    expect(client.storage).to.deep.equal({ lasting: false, unsent: 2, drafts: 0 });
    client.setDraft('p2p-bob', 'and');
    expect(client.storage).to.deep.equal({ lasting: false, unsent: 2, drafts: 1 });
    loop.storing = true;
    await client.close();
    client.connect();
    await until(client, () => statuses(client).join() === 'a success,b success');
    expect(client.storage.unsent).to.equal(0);
    expect(loop.logs.get('p2p-bob')).to.have.length(2);
    expect(codes).to.deep.equal(['quota']);
  });

  it('F19: nothing again, and all of it on the disk, when there is room', async () => {
    loop.fill('p2p-bob', 1);
    loop.storing = false;
    const client = start();
    await until(client, () => client.conversations().length === 1);
    fill();
    await client.send('p2p-bob', { content: 'a' });
    client.setDraft('p2p-bob', 'and');
    await until(client, () => client.storage.drafts === 1);
    IDBObjectStore.prototype.put = put;
    await until(client, () => client.storage.lasting);
    expect(client.storage).to.deep.equal(nothing);
    await client.close();
    loop.storing = true;
    const later = start();
    await until(later, () => statuses(later).join() === 'a success');
    expect(later.conversation('p2p-bob')?.draft).to.equal('and');
  });

  it('F21: the database is deleted while messages wait in it: they are told, written again, and sent once', async () => {
    loop.fill('p2p-bob', 3);
    loop.storing = false;
    const client = start();
    await until(client, () => client.conversations().length === 1);
    await client.send('p2p-bob', { content: 'a' });
    client.setDraft('p2p-bob', 'half a sen');
    await deleteDB(name);
    await until(client, () => told.length > 0);
    expect(told[0]).to.deep.equal({ lasting: false, unsent: 1, drafts: 1 });
    await until(client, () => client.storage.lasting);
    expect(await onDisk('outbox')).to.have.length(1);
    expect(await onDisk('drafts')).to.have.length(1);
    await client.close();
    loop.storing = true;
    const later = start();
    await until(later, () => statuses(later).join() === 'a success');
    expect(later.conversation('p2p-bob')?.draft).to.equal('half a sen');
    expect(loop.logs.get('p2p-bob')).to.have.length(4);
    expect(codes).to.deep.equal(['closed']);
  });

  it('F21: the database is gone between two visits: everything is fetched again, nobody is alarmed', async () => {
    loop.fill('p2p-bob', 3);
    const first = start();
    await until(first, () => first.conversations().length === 1);
    await first.close();
    await deleteDB(name);
    const second = start();
    await second.openTimeline('p2p-bob');
    await until(second, () => statuses(second).join() === 'm1 success,m2 success,m3 success');
    expect([codes, told]).to.deep.equal([[], []]);
  });

  it('F20: behind a tab that blocks: the chat begins in time, and what waited in the database is sent once it is free', async () => {
    loop.fill('p2p-bob', 1);
    loop.storing = false;
    const before = start();
    await connected(before);
    await before.send('p2p-bob', { content: 'from before' });
    await before.close();
    loop.storing = true;
    const holder = await openDB(name, migrations.length);
    let release = (): void => undefined;
    const blocked = new Promise<void>((done) => {
      const upgrade = indexedDB.open(name, migrations.length + 1);
      upgrade.onblocked = () => done();
      upgrade.onupgradeneeded = () => upgrade.transaction!.abort();
      upgrade.onerror = (event) => event.preventDefault();
      release = () => holder.close();
    });
    await blocked;
    const client = start({ timing: { cacheOpen: 50, cacheAgain: 20 } });
    await until(client, () => client.conversations().length === 1);
    await client.send('p2p-bob', { content: 'meanwhile' });
    await until(client, () => statuses(client).includes('meanwhile success'));
    expect(client.storage).to.deep.equal({ lasting: false, unsent: 0, drafts: 0 });
    release();
    await until(client, () => client.storage.lasting);
    await until(client, () => statuses(client).includes('from before success'));
    expect(loop.logs.get('p2p-bob')).to.have.length(3);
    expect(codes).to.deep.equal(['blocked']);
  });

  it('F22: where there is no database at all: the chat works, one word of it, and only what is unsent is at risk', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      loop.fill('p2p-bob', 2);
      const client = start();
      await client.openTimeline('p2p-bob');
      await until(client, () => statuses(client).length === 2);
      await client.send('p2p-bob', { content: 'a' });
      await until(client, () => statuses(client).includes('a success'));
      expect(codes).to.deep.equal(['unavailable']);
      expect(client.storage).to.deep.equal({ lasting: false, unsent: 0, drafts: 0 });
      await client.close();
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
      else delete (globalThis as { indexedDB?: unknown }).indexedDB;
    }
  });

  it('F24: the last writes were lost with the power: the server’s state wins, nothing is there twice', async () => {
    loop.fill('p2p-bob', 2);
    loop.storing = false;
    const first = start();
    await until(first, () => first.conversations().length === 1);
    await first.send('p2p-bob', { content: 'a' });
    const before = await copyOf(name);
    await first.close();
    loop.storing = true;
    // Acked, read, and two more arrive: all of that is only in the cache's last writes.
    const second = start();
    await until(second, () => statuses(second).includes('a success'));
    loop.fill('p2p-bob', 5);
    await second.close();
    await restore(name, before);
    const third = start();
    await third.openTimeline('p2p-bob');
    const wanted = ['m1 success', 'm2 success', 'a success', 'm4 success', 'm5 success'];
    await until(third, () => statuses(third).join() === wanted.join());
    await until(third, () => loop.of('send').filter(({ content }) => content === 'a').length === 3);
    await until(third, () => third.conversation('p2p-bob')?.lastSeq === 5);
    expect(loop.logs.get('p2p-bob')).to.have.length(5);
    expect(await onDisk('outbox')).to.deep.equal([]);
    expect(codes).to.deep.equal([]);
  });
});

type Copy = readonly {
  readonly store: string;
  readonly key: IDBValidKey;
  readonly value: unknown;
  readonly inline: boolean;
}[];

async function copyOf(name: string): Promise<Copy> {
  const db = await openDB(name);
  const copy: { store: string; key: IDBValidKey; value: unknown; inline: boolean }[] = [];
  for (const store of db.objectStoreNames) {
    const { keyPath } = db.transaction(store).store;
    const [keys, values] = await Promise.all([db.getAllKeys(store), db.getAll(store)]);
    keys.forEach((key, i) => copy.push({ store, key, value: values[i], inline: keyPath !== null }));
  }
  db.close();
  return copy;
}

/** The database as it was then, as a disk has it that forgot its last writes. */
async function restore(name: string, copy: Copy): Promise<void> {
  const db = await openDB(name);
  for (const store of db.objectStoreNames) await db.clear(store);
  for (const { store, key, value, inline } of copy) await db.put(store, value, inline ? undefined : key);
  db.close();
}
