import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import { connected, texts, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;

describe('signing out', () => {
  let loop: LoopServer;
  let server: string;
  let name: string;
  let errors: string[];
  let open: ChatClient[];

  beforeEach(() => {
    server = `https://sign-out-${count++}.example`;
    name = `im-elements ${new URL(server).host}/ alice`;
    loop = new LoopServer();
    loop.fill('p2p-bob', 3);
    errors = [];
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((client) => client.close()));
    await deleteDB(name);
    expect(errors).to.deep.equal([]);
  });

  const signIn = async (): Promise<ChatClient> => {
    const client = loop.client({ server });
    open.push(client);
    client.on('error', ({ error }) => errors.push(error.message));
    client.connect();
    await connected(client);
    await until(client, () => client.conversations().length === 1);
    await client.openTimeline('p2p-bob');
    client.setDraft('p2p-bob', 'a draft');
    return client;
  };
  const isKept = async (): Promise<boolean> => (await indexedDB.databases()).some((database) => database.name === name);
  const rows = async (): Promise<Record<string, number>> => {
    const db = await openDB(name);
    const counts: [string, number][] = [];
    for (const store of db.objectStoreNames) counts.push([store, await db.count(store)]);
    db.close();
    return Object.fromEntries(counts.filter(([, rowCount]) => rowCount > 0));
  };

  it('S-49: leaves nothing of the account in the browser', async () => {
    const client = await signIn();
    await client.send('p2p-bob', { content: 'sent' });
    await until(client, () => texts(client, 'p2p-bob').length === 4);
    await client.signOut();
    expect(await isKept()).to.equal(false);
  });

  it('S-49: keeps what was written and never sent, and nothing else; the next visit sends it', async () => {
    loop.storing = false;
    const client = await signIn();
    await client.send('p2p-bob', { content: 'not yet sent' });
    await client.signOut();
    expect(await rows()).to.deep.equal({ outbox: 1 });
    loop.storing = true;
    const again = await signIn();
    await until(again, () => texts(again, 'p2p-bob').includes('not yet sent'));
    await until(again, () => again.timeline('p2p-bob').messages.every(({ status }) => status === 'success'));
    expect(loop.logs.get('p2p-bob')).to.have.length(4);
  });

  it('S-49: takes nothing away from another tab in which the account is still signed in', async () => {
    const first = await signIn();
    const second = await signIn();
    await first.signOut();
    expect((await rows())['events']).to.equal(3);
    await second.send('p2p-bob', { content: 'still here' });
    await until(second, () => texts(second, 'p2p-bob').length === 4);
    await second.signOut();
    expect(await isKept()).to.equal(false);
  });

  it('S-49: and in again at once finds an empty cache, and a database that works', async () => {
    const client = await signIn();
    const [, again] = await Promise.all([client.signOut(), signIn()]);
    await again.send('p2p-bob', { content: 'kept' });
    await until(again, () => texts(again, 'p2p-bob').includes('kept'));
    await again.close();
    expect((await rows())['events']).to.equal(4);
  });
});
