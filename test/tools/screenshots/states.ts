import type { Page } from 'puppeteer-core';
import { untilSeen } from '../../helpers/browsers.js';
import type { TcpProxy } from '../../helpers/tcp-proxy.js';
import { messageStates } from './message-states.js';

/** What a picture shows: who is signed in, what is open, and how the page gets into that state. */
export type State = {
  readonly name: string;
  readonly account: string;
  readonly conversation?: string;
  /** In place of the demo's token. */
  readonly token?: string;
  /** Custom properties of the page. */
  readonly style?: string;
  /** The network before the page opens. */
  readonly before?: (proxy: TcpProxy) => void;
  /** What happens once the page is there. */
  readonly then?: (page: Page, proxy: TcpProxy) => Promise<void>;
};

const linkIs = async (page: Page, state: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) => document.querySelector('im-messenger')?.client?.connection.state === wanted,
    {},
    state,
  );
};
const write = async (page: Page, text: string): Promise<void> => {
  const composer = await untilSeen(page, '>>> textarea');
  await composer.click();
  await page.keyboard.type(text);
};

export const states: readonly State[] = [
  { name: 'list', account: 'alice' },
  { name: 'talk', account: 'alice', conversation: 'p2p-bob' },
  { name: 'brand', account: 'alice', conversation: 'p2p-bob', style: '--im-color-accent: #c2185b' },
  { name: 'empty', account: 'newcomer' },
  { name: 'empty-talk', account: 'newcomer', conversation: 'p2p-mia' },
  {
    name: 'loading',
    account: 'alice',
    conversation: 'p2p-bob',
    before: (proxy) => proxy.set({ blackhole: true }, ['down']),
  },
  {
    name: 'offline',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page, proxy) => {
      proxy.refuse();
      await linkIs(page, 'disconnected');
      await write(page, 'Written without a network, and kept.');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'unkept',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page, proxy) => {
      // A newer version takes the database, for good.
      await page.evaluate(async () => {
        const [database] = await indexedDB.databases();
        const request = indexedDB.open(database!.name!, database!.version! + 1);
        await new Promise((taken) => (request.onsuccess = taken));
      });
      proxy.refuse();
      await linkIs(page, 'disconnected');
      for (const text of ['Written without a network,', 'and kept by this page alone.']) {
        await write(page, text);
        await page.keyboard.press('Enter');
      }
      await untilSeen(page, '>>> im-chat-window >>> [part=storage] .icon');
    },
  },
  {
    name: 'failed',
    account: 'alice',
    conversation: 'p2p-dana',
    then: async (page) => {
      await linkIs(page, 'connected');
      // A text with a place in it is a message that the server refuses.
      await page.evaluate(async () => {
        const { client } = document.querySelector('im-messenger')!;
        const location = { title: 'Here', latitude: 0, longitude: 0 };
        await client!.send('p2p-dana', { type: 'text', content: 'A message that the server refuses', location });
      });
      await untilSeen(page, '>>> [part~="failure"]');
    },
  },
  { name: 'nobody', account: 'alice', conversation: 'p2p-nobody' },
  { name: 'signed-out', account: 'alice', conversation: 'p2p-bob', token: 'not-a-token' },
  { name: 'long-names', account: 'alice', conversation: 'p2p-long' },
  { name: 'unread', account: 'alice', conversation: 'p2p-build' },
  { name: 'emoji', account: 'alice', conversation: 'p2p-emoji' },
  {
    name: 'draft',
    account: 'alice',
    conversation: 'p2p-mia',
    then: (page) => write(page, 'A draft that nobody has sent yet, long enough to make the box grow. '.repeat(4)),
  },
  ...messageStates,
];
