import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { untilSeen } from '../helpers/browsers.js';
import type { Page } from 'puppeteer-core';
import { say } from '../helpers/say.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { Stage, untilText } from './helpers/stage.js';

describe('on a foreign page', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.set()));
  after(() => stage.strike());

  const messenger = (attributes: string): string => `<im-messenger account="alice" ${attributes}></im-messenger>`;
  const demoToken = (): string => `token-url="${stage.server.url}/demo/token"`;

  it('may be loaded twice, as a module and as a classic script', async (t) => {
    const again = [
      `<script src="${stage.server.url}/im-elements.iife.js"></script>`,
      `<script src="${stage.server.url}/im-elements.iife.js"></script>`,
      `<script type="module" src="${stage.server.url}/im-elements.js?again"></script>`,
    ].join('');
    const { page, faults } = await stage.open(t, stage.foreign('/twice', messenger(demoToken()), again));
    await untilSeen(page, '>>> im-conversation-list');
    await page.waitForNetworkIdle();
    assert.deepEqual(faults, []);
  });

  it('says in words what is wrong with a token', async (t) => {
    const token = await stage.server.token('bob');
    const expired = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MX0.c2lnbmF0dXJl';
    const cases = [
      ['/nonsense', 'token="not-a-token"', 'sign'],
      ['/of-bob', `token="${token}"`, 'sign'],
      ['/forged', `token="${expired}"`, 'sign'],
      ['/mint-is-not-there', `token-url="${stage.server.url}/nothing-here"`, ''],
    ] as const;
    for (const [path, attributes, word] of cases) {
      const { page } = await stage.open(t, stage.foreign(path, messenger(`${attributes} conversation="p2p-bob"`)));
      const said = await page
        .waitForFunction(() => {
          const list = document.querySelector('im-messenger')?.shadowRoot?.querySelector('im-conversation-list');
          return list?.shadowRoot?.querySelector('[part=offline]')?.textContent.trim();
        })
        .then((handle) => handle.jsonValue());
      assert.ok(said);
      assert.ok(said.toLowerCase().includes(word) && /[a-z ]{10,}/i.test(said), `${path}: "${said}"`);
      assert.ok(!/\d{3,}|undefined|token/.test(said), `in words, not in codes: "${said}"`);
    }
  });

  it('keeps what is typed before the server has answered for the first time', async (t) => {
    const proxy = await TcpProxy.start(stage.server.port);
    t.after(() => proxy.close());
    proxy.refuse();
    const attributes = `server="http://127.0.0.1:${proxy.port}" conversation="p2p-bob" ${demoToken()}`;
    const { page } = await stage.open(t, stage.foreign('/early', messenger(attributes)));
    const composer = await untilSeen(page, '>>> textarea');
    await composer.click();
    await page.keyboard.type('Written early');
    assert.equal(await composer.evaluate((it) => (it as HTMLTextAreaElement).value), 'Written early');
    proxy.heal();
    await untilText(page, 'im-chat-window >>> [part=header]', 'Bob');
    await page.keyboard.press('Enter');
    await untilText(page, 'im-message >>> [part~=body]', 'Written early');
  });

  it('can be used with the keyboard alone', async (t) => {
    const body = `<button id="before">before</button>${messenger(demoToken())}`;
    await say(stage.server, 'bob', 'alice', 'Hello');
    const { page } = await stage.open(t, stage.foreign('/keyboard', body));
    await untilSeen(page, '>>> [part~=row]');
    await page.focus('#before');
    // As far as the list, wherever its place in the order is; then the first row, and into the composer.
    await tabUntil(page, '[part=list], [part~=row]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await untilSeen(page, '>>> textarea');
    await tabUntil(page, 'textarea');
    await page.keyboard.type('No mouse was needed');
    await page.keyboard.press('Enter');
    await untilText(page, 'im-message >>> [part~=body]', 'No mouse was needed');
  });

  it('fits a screen of 360 pixels: one pane at a time, nothing wider than the screen', async (t) => {
    await say(stage.server, 'bob', 'alice', 'Hello');
    const { page } = await stage.open(t, stage.foreign('/phone', messenger(demoToken())), 360);
    const row = await untilSeen(page, '>>> [part~=row]');
    const visible = (selector: string): Promise<boolean> =>
      page.$eval(`>>> ${selector}`, (it) => it.checkVisibility({ visibilityProperty: true }));
    assert.equal(await visible('[part=list] im-conversation-list, im-conversation-list'), true);
    await row.click();
    const back = await untilSeen(page, '>>> [part=back]');
    assert.equal(await visible('im-conversation-list'), false);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360));
    await back.click();
    await untilSeen(page, '>>> [part~=row]');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360));
  });
});

/** Presses Tab until what has the keyboard, in whatever shadow tree, fits the selector. */
async function tabUntil(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press('Tab');
    const fits = await page.evaluate((wanted) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.matches(wanted) ?? false;
    }, selector);
    if (fits) return;
  }
  throw new Error(`25 times Tab did not lead to ${selector}`);
}
