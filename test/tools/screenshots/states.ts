import type { Page } from 'puppeteer-core';
import { untilSeen } from '../../helpers/browsers.js';
import type { TcpProxy } from '../../helpers/tcp-proxy.js';
import { composerStates } from './composer-states.js';
import { messageStates } from './message-states.js';

/** What a picture shows: who is signed in, what is open, and how the page gets into that state. */
export type State = {
  readonly name: string;
  readonly account: string;
  readonly conversation?: string;
  /** In place of the demo's token. */
  readonly token?: string;
  /** Pictures and files of a fake client, in place of a connection to the server. */
  readonly media?: boolean;
  /** How high the pictures are; default 760. */
  readonly height?: number;
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

const windowMenu = async (page: Page, at?: number): Promise<void> => {
  await linkIs(page, 'connected');
  await (await untilSeen(page, '>>> im-chat-window >>> [part=menu]')).click();
  await untilSeen(page, '>>> [role=menuitem]');
  if (at === undefined) return;
  for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
};
const chatWindow = '>>> im-chat-window >>> im-message-list >>>';
const loaded = async (page: Page): Promise<void> => {
  await untilSeen(page, `${chatWindow} im-message >>> im-red-packet-body >>> .packet`);
};

export const states: readonly State[] = [
  { name: 'media', account: 'alice', media: true, height: 4_200, then: loaded },
  {
    name: 'viewer',
    account: 'alice',
    media: true,
    height: 4_200,
    then: async (page) => {
      await loaded(page);
      await (await untilSeen(page, `${chatWindow} im-message >>> im-image-body >>> .picture.loaded`)).click();
      await untilSeen(page, '>>> im-viewer >>> .frame img');
    },
  },
  {
    name: 'merged',
    account: 'alice',
    media: true,
    height: 4_200,
    then: async (page) => {
      await loaded(page);
      await (await untilSeen(page, `${chatWindow} im-message >>> im-merged-body >>> .plate`)).click();
      await untilSeen(page, '>>> im-merged-dialog >>> dialog');
    },
  },
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
  {
    name: 'row-menu',
    account: 'alice',
    then: async (page) => {
      await (await untilSeen(page, '>>> .row:nth-child(3)')).click({ button: 'right' });
      await untilSeen(page, '>>> [role=menuitem]');
    },
  },
  {
    name: 'hidden',
    account: 'alice',
    then: async (page) => {
      await linkIs(page, 'connected');
      const id = await page.evaluate(async () => {
        const { client } = document.querySelector('im-messenger')!;
        const [first, second, third] = client!.conversations();
        await client!.updateConversation(second!.id, { markedUnread: true });
        await client!.updateConversation(first!.id, { markedUnread: true });
        return third!.id;
      });
      await (await untilSeen(page, `>>> .row[data-id="${id}"]`)).click({ button: 'right' });
      await untilSeen(page, '>>> [role=menuitem]');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await untilSeen(page, '>>> im-undo >>> button');
    },
  },
  {
    name: 'search',
    account: 'alice',
    then: async (page) => {
      await linkIs(page, 'connected');
      await (await untilSeen(page, '>>> input[type=search]')).type('th');
      await untilSeen(page, '>>> im-search-results >>> mark');
    },
  },
  { name: 'window-menu', account: 'alice', conversation: 'p2p-bob', then: (page) => windowMenu(page) },
  {
    name: 'find',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page) => {
      await windowMenu(page, 0);
      await (await untilSeen(page, '>>> im-find-bar >>> input')).type('th');
      await untilSeen(page, '>>> im-message-list >>> .found');
    },
  },
  {
    name: 'date',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page) => {
      await windowMenu(page, 1);
      await untilSeen(page, '>>> input[type=date]');
    },
  },
  {
    name: 'media',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page) => {
      await windowMenu(page, 2);
      await (await untilSeen(page, '>>> #tab-links')).click();
      await untilSeen(page, '>>> im-media-view >>> #found p, >>> im-media-view >>> li');
    },
  },
  {
    name: 'export',
    account: 'alice',
    conversation: 'p2p-bob',
    then: async (page) => {
      await windowMenu(page, 3);
      await untilSeen(page, '>>> im-export-panel >>> [data-json]');
    },
  },
  ...composerStates,
  ...messageStates,
];
