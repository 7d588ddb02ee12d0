import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { launchChromium, untilSeen } from '../helpers/browsers.js';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { say } from '../helpers/say.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { Stage, untilText } from './helpers/stage.js';

const body = 'im-message >>> [part~=body]';

describe('a browser whose storage fails', () => {
  let stage: Stage;
  let proxy: TcpProxy;
  before(async () => {
    stage = await Stage.set();
    proxy = await TcpProxy.start(stage.server.port);
  });
  after(async () => {
    await proxy?.close();
    await stage?.strike();
  });

  const widget = (account: string): string =>
    `<im-messenger server="http://127.0.0.1:${proxy.port}" account="${account}" conversation="p2p-bob"
       token-url="${stage.server.url}/demo/token"></im-messenger>`;
  /** A page of an account of its own, linked. */
  const open = async (t: TestContext, account: string): Promise<Page> => {
    const { page } = await stage.open(t, stage.foreign(`/${account}`, widget(account)));
    await untilLink(page, 'connected');
    return page;
  };
  const untilLink = (page: Page, state: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => document.querySelector('im-messenger')?.client?.connection.state === wanted,
      {},
      state,
    );
  const untilLasting = (page: Page, lasting: boolean): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => document.querySelector('im-messenger')?.client?.storage.lasting === wanted,
      {},
      lasting,
    );
  const write = async (page: Page, text: string): Promise<void> => {
    // A tab in the background draws nothing.
    await page.bringToFront();
    await (await untilSeen(page, '>>> textarea')).click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await untilText(page, body, text);
  };
  /** What the line above the field says. */
  const line = (page: Page): Promise<string> =>
    page.$eval('>>> im-chat-window >>> [part=storage]', (it) => it.textContent.trim());
  const untilSaid = (page: Page, text: string): Promise<void> =>
    untilText(page, 'im-chat-window >>> [part=storage]', text);
  const untilStored = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => {
      const { messages } = document.querySelector('im-messenger')!.client!.timeline('p2p-bob');
      return messages.length > 0 && messages.every(({ status }) => status === 'success');
    });
  /** What the unsent messages of the page's database say. */
  const outbox = (page: Page): Promise<string[]> =>
    page.evaluate(async () => {
      const result = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const [database] = await indexedDB.databases();
      const db = await result(indexedDB.open(database!.name!));
      const rows = await result(db.transaction('outbox').objectStore('outbox').getAll());
      db.close();
      return (rows as { order: number; body: { content: string } }[])
        .sort((a, b) => a.order - b.order)
        .map((row) => row.body.content);
    });

  it('F19: a full disk: the person is told while messages wait, and they go out', async (t) => {
    // Before the first use: Chromium remembers for a while how much room there was.
    const { page } = await stage.open(t, stage.site.page('/nothing-yet', ''));
    const session = await page.createCDPSession();
    const { origin } = new URL(page.url());
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await page.goto(stage.foreign('/full', widget('full')));
    await untilLink(page, 'connected');
    await untilLasting(page, false);
    await write(page, 'sent at once');
    await untilStored(page);
    assert.equal(await line(page), '', 'the server has it: nothing is at risk');
    proxy.refuse();
    t.after(() => proxy.heal());
    await untilLink(page, 'disconnected');
    await write(page, 'one');
    await write(page, 'two');
    await untilSaid(page, '2 messages are not sent yet');
    proxy.heal();
    await page.evaluate(() => document.querySelector('im-messenger')!.client!.connect());
    await untilStored(page);
    await page.waitForFunction(() => document.querySelector('im-messenger')!.client!.storage.unsent === 0);
    assert.equal(await line(page), '');
  });

  it('F20: a newer build in another tab: it gets the database in time, the old tab goes on, and so does one more', async (t) => {
    const old = await open(t, 'builds');
    await write(old, 'before');
    await untilStored(old);
    const newer = await old.browserContext().newPage();
    await newer.goto(stage.site.page('/newer', ''));
    const took = await newer.evaluate(async () => {
      const start = performance.now();
      const [database] = await indexedDB.databases();
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(database!.name!, database!.version! + 1);
        request.onsuccess = resolve;
        request.onerror = reject;
      });
      return performance.now() - start;
    });
    assert.ok(took < 3_000, `${took} ms`);
    await old.bringToFront();
    await untilLasting(old, false);
    await write(old, 'after');
    await untilStored(old);
    const another = await old.browserContext().newPage();
    await another.evaluateOnNewDocument('globalThis.__name = (it) => it');
    await another.goto(old.url());
    await untilText(another, body, 'after');
    await write(another, 'in one more');
    await untilStored(another);
    await old.bringToFront();
    await untilText(old, body, 'in one more');
    assert.equal(await line(old), '');
  });

  it('F21: the site’s data is cleared while messages wait: they are on the disk again, and sent once', async (t) => {
    const page = await open(t, 'cleared');
    await write(page, 'before');
    await untilStored(page);
    proxy.refuse();
    t.after(() => proxy.heal());
    await untilLink(page, 'disconnected');
    await write(page, 'one');
    await write(page, 'two');
    const session = await page.createCDPSession();
    const { origin } = new URL(page.url());
    await page.evaluate(() => {
      const { client } = document.querySelector('im-messenger')!;
      client!.on('storage', ({ lasting, unsent }) => (document.title += ` ${lasting} ${unsent};`));
    });
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await page.waitForFunction(() => document.title.includes(' false 2; true 0;'));
    assert.deepEqual((await outbox(page)).sort(), ['one', 'two']);
    proxy.heal();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.accept();
    });
    await page.reload();
    await untilLink(page, 'connected');
    await untilStored(page);
    for (const text of ['before', 'one', 'two']) await untilText(page, body, text);
    const said = await page.evaluate(() =>
      document
        .querySelector('im-messenger')!
        .client!.timeline('p2p-bob')
        .messages.map(({ content }) => content),
    );
    assert.deepEqual(said, ['before', 'one', 'two']);
    assert.deepEqual(dialogs, [], 'nothing was at risk');
  });

  it('F22: where a person lets no site store anything: the chat works, and one error says so', async (t) => {
    await say(stage.server, 'bob', 'alice', 'Hello in there');
    const profile = await temporaryDirectory(t);
    await mkdir(join(profile, 'Default'));
    const block = { profile: { default_content_setting_values: { cookies: 2 } } };
    await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(block));
    const browser = await launchChromium(profile);
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (it) => it');
    await page.evaluateOnNewDocument(
      "addEventListener('im-error', ({ detail }) => (document.title += ` ${detail.error.code}`))",
    );
    await page.goto(stage.foreign('/denied', widget('alice')));
    await untilText(page, body, 'Hello in there');
    await write(page, 'Hello out there');
    await untilStored(page);
    const denied = await page.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return (error as Error).name;
      }
    });
    assert.equal(denied, 'SecurityError');
    assert.match(await page.title(), /^A site (unavailable|failed)$/);
    assert.equal(await line(page), '', 'the server has everything: nothing is at risk');
  });
});
