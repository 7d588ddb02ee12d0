import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import { systemClock, type Clock } from '../../../src/client/clock.js';
import type { ChatClientOptions } from '../../../src/client/options.js';
import { UnauthorizedError } from '../../../src/client/errors.js';
import { connected, texts, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;

describe('one socket for all tabs', () => {
  let loop: LoopServer;
  let server: string;
  let open: ChatClient[];

  beforeEach(() => {
    server = `https://shared-${count++}.example`;
    loop = new LoopServer();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((tab) => tab.close()));
    await deleteDB(`im-elements ${new URL(server).host}/ alice`);
    expect(loop.sockets).to.equal(0);
  });

  const tab = async (options: Partial<Omit<ChatClientOptions, 'server'>> = {}): Promise<ChatClient> => {
    const client = loop.client({ server, ...options });
    open.push(client);
    client.connect();
    await connected(client);
    await until(client, () => !client.conversationsLoading);
    return client;
  };
  const last = (client: ChatClient): string | undefined => texts(client, 'p2p-bob').at(-1);
  const arrives =
    (...tabs: readonly ChatClient[]) =>
    async (content: string): Promise<void> => {
      loop.say('p2p-bob', content);
      await Promise.all(tabs.map((each) => until(each, () => last(each) === content)));
    };

  for (const cache of ['indexeddb', 'memory'] as const)
    it(`F49: two of one account on one page have one (${cache}), and both see everything`, async () => {
      loop.fill('p2p-bob', 5);
      const first = await tab({ cache });
      const second = await tab({ cache });
      expect(loop.sockets).to.equal(1);
      await Promise.all([first, second].map((each) => each.openTimeline('p2p-bob')));
      await first.send('p2p-bob', { content: 'of the first' });
      await until(second, () => last(second) === 'of the first');
      await second.send('p2p-bob', { content: 'of the second' });
      await until(first, () => last(first) === 'of the second');
      await arrives(first, second)('of the server');
      expect(texts(first, 'p2p-bob')).to.deep.equal(texts(second, 'p2p-bob'));
      expect(loop.logs.get('p2p-bob')).to.have.length(8);
    });

  it('gives each tab the answers to its own questions, refusals too', async () => {
    loop.fill('p2p-bob', 200);
    const first = await tab();
    const second = await tab();
    const pages = [first, second, first, second].map((each, i) =>
      each.history('p2p-bob', { before: 60 + 30 * i, limit: 5 }),
    );
    expect((await Promise.all(pages)).map((messages) => messages.at(-1)?.seq)).to.deep.equal([59, 89, 119, 149]);
    loop.refuse = 'conversation';
    const refused = await second.openConversation('p2p-nobody').catch((error: unknown) => error);
    expect(refused).to.have.property('code', 404);
  });

  it('tells a tab that comes late, or slept, just what it missed', async () => {
    loop.fill('p2p-bob', 3);
    const signals = new EventTarget();
    const first = await tab();
    const second = await tab({ signals });
    await Promise.all([first, second].map((each) => each.openTimeline('p2p-bob')));
    signals.dispatchEvent(new Event('freeze'));
    expect(second.connection.state).to.equal('disconnected');
    for (let i = 1; i <= 3; i++) await arrives(first)(`missed ${i}`);
    const told: (string | undefined)[] = [];
    second.on('message', ({ message }) => told.push(message.content));
    signals.dispatchEvent(new Event('resume'));
    await until(second, () => last(second) === 'missed 3');
    expect(told).to.deep.equal(['missed 1', 'missed 2', 'missed 3']);
    expect(loop.of('hello')).to.have.length(1);
    await arrives(first, second)('live again');
  });

  it('has the server follow whomever any tab looks at', async () => {
    const first = await tab();
    const second = await tab();
    const looked = loop.next('watch');
    const end = first.watchPresence('bob');
    await looked;
    const followed = loop.next('watch');
    second.watchPresence('carol');
    expect((await followed).accounts.toSorted()).to.deep.equal(['bob', 'carol']);
    const left = loop.next('watch');
    end();
    expect((await left).accounts).to.deep.equal(['carol']);
    const alone = loop.next('watch');
    await second.close();
    expect((await alone).accounts).to.deep.equal([]);
  });

  it('starts all tabs over when the server has another history', async () => {
    loop.fill('p2p-bob', 3);
    const first = await tab();
    const second = await tab();
    await Promise.all([first, second].map((each) => each.openTimeline('p2p-bob')));
    loop.epoch = 'e2';
    loop.logs.clear();
    loop.fill('p2p-bob', 1);
    loop.drop();
    await Promise.all([first, second].map((each) => until(each, () => texts(each, 'p2p-bob').join() === 'm1')));
    expect(loop.sockets).to.equal(1);
    await arrives(first, second)('in the new one');
  });

  it('writes what comes over it once, from the tab that leads', async () => {
    const puts: string[] = [];
    const { put } = IDBObjectStore.prototype;
    const first = await tab();
    const second = await tab();
    await Promise.all([first, second].map((each) => each.openTimeline('p2p-bob')));
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      puts.push(this.name);
      return put.apply(this, args);
    };
    try {
      await arrives(first, second)('once');
      await until(first, () => puts.includes('events'));
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(puts.filter((store) => store === 'events')).to.have.length(1);
    const db = await openDB(`im-elements ${new URL(server).host}/ alice`);
    expect(await db.count('events')).to.equal(1);
    db.close();
  });

  it('F25: is made anew in time although the tab that leads is hidden, and its timers run once a minute', async () => {
    const throttled: Clock = { ...systemClock, setTimeout: (run, ms) => setTimeout(run, Math.max(ms, 60_000)) };
    const first = await tab({ clock: throttled });
    const second = await tab();
    loop.drop();
    await until(second, () => second.connection.state !== 'connected');
    await Promise.all([first, second].map(connected));
    expect(loop.sockets).to.equal(1);
  });

  it('goes to a tab with a better token when one is refused', async () => {
    let good = true;
    const getToken = (): Promise<string> =>
      good ? Promise.resolve('token') : Promise.reject(new UnauthorizedError('signed out'));
    const first = await tab({ getToken });
    const second = await tab();
    good = false;
    loop.drop(4402);
    await until(second, () => second.connection.state === 'connected' && loop.of('hello').length > 1);
    expect(loop.sockets).to.equal(1);
    expect(first.connection.state).not.to.equal('connected');
  });
});
