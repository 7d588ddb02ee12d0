import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { untilSeen } from '../helpers/browsers.js';
import { say } from '../helpers/say.js';
import { Stage, untilText } from './helpers/stage.js';

describe('the demo', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.set()));
  after(() => stage.strike());

  for (const path of ['/', '/embed.html', '/parts.html'])
    it(`${path} loads without a word of complaint`, async (t) => {
      const { page, faults } = await stage.open(t, stage.server.url + path);
      await page.waitForSelector(':is(im-messenger, im-connection):defined');
      await page.waitForNetworkIdle();
      assert.deepEqual(faults, []);
    });

  it('lets Alice and Bob talk on one page, each with a cache of their own', async (t) => {
    const { page } = await stage.open(t, `${stage.server.url}/`);
    await untilSeen(page, '>>> textarea');
    const composer = (account: string): string => `im-messenger[account=${account}] >>> textarea`;
    await page.click(composer('alice'));
    await page.keyboard.type('Hello Bob');
    await page.keyboard.press('Enter');
    await untilText(page, 'im-messenger[account=bob] >>> im-message >>> [part~=body]', 'Hello Bob');
    await page.click(composer('bob'));
    await page.keyboard.type('Hello Alice');
    await page.keyboard.press('Enter');
    await untilText(page, 'im-messenger[account=alice] >>> im-message >>> [part~=body]', 'Hello Alice');
    const caches = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!));
    assert.deepEqual(caches.map((name) => name.split(' ').at(-1)).sort(), ['alice', 'bob']);
  });

  it('opens the row that one chooses, in elements that stand apart', async (t) => {
    await say(stage.server, 'bob', 'alice', 'Something to choose');
    const { page } = await stage.open(
      t,
      stage.foreign(
        '/apart',
        `<im-connection account="alice" token-url="${stage.server.url}/demo/token">
           <im-conversation-list></im-conversation-list><im-chat-window></im-chat-window>
         </im-connection>`,
      ),
    );
    const row = await untilSeen(page, '>>> [part~=row]');
    await row.click();
    await untilText(page, 'im-chat-window >>> im-message >>> [part~=body]', 'Something to choose');
  });

  it('opens and closes the launcher by keyboard, and gives the keyboard back', async (t) => {
    const { page } = await stage.open(t, `${stage.server.url}/embed.html`);
    const button = await untilSeen(page, 'im-launcher >>> [part=button]');
    await button.focus();
    await page.keyboard.press('Enter');
    await untilSeen(page, 'im-launcher >>> im-messenger >>> im-conversation-list');
    await page.keyboard.press('Escape');
    await page.waitForSelector('im-launcher:not([open])');
    assert.ok(await button.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it));
  });
});
