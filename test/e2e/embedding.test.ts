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

  it('F49: may be loaded twice, as a module and as a classic script', async (t) => {
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

  it('F49: two widgets of one account, moved, taken out and put back: every message once, no complaint', async (t) => {
    await say(stage.server, 'bob', 'alice', 'Before');
    const widget = messenger(`conversation="p2p-bob" ${demoToken()}`);
    const body = `<main style="height: 50%">${widget}</main><aside style="height: 50%">${widget}</aside>`;
    const { page, faults } = await stage.open(t, stage.foreign('/two', body));
    const untilShown = (count: number, text: string): Promise<unknown> =>
      page.waitForFunction(
        (messengers, wanted) => {
          const all = [...document.querySelectorAll('im-messenger')];
          const times = all.map(({ client }) =>
            client?.timeline('p2p-bob').messages.filter((it) => it.content === wanted && it.status === 'success'),
          );
          return all.length === messengers && times.every((found) => found?.length === 1);
        },
        {},
        count,
        text,
      );
    await untilShown(2, 'Before');
    await page.evaluate(async () => {
      const { client } = document.querySelector('im-messenger')!;
      await client!.send('p2p-bob', { content: 'From the first' });
    });
    await untilShown(2, 'From the first');
    const same = await page.evaluate(() => {
      const first = document.querySelector<HTMLElementTagNameMap['im-messenger']>('main im-messenger')!;
      const { client } = first;
      document.querySelector('aside')!.append(first);
      return first.client === client;
    });
    assert.ok(same, 'a move is no farewell');
    await say(stage.server, 'bob', 'alice', 'After the move');
    await untilShown(2, 'After the move');
    await page.evaluate(async () => {
      const first = document.querySelector('im-messenger')!;
      first.remove();
      await new Promise((drawn) => requestAnimationFrame(drawn));
      document.querySelector('main')!.append(first);
    });
    await say(stage.server, 'bob', 'alice', 'After the return');
    await untilShown(2, 'After the return');
    assert.deepEqual(faults, []);
  });

  it('F49: changes nothing of the page: no global is new, no prototype another, a stranger’s element of the same name stays', async (t) => {
    const record = `<script>
      globalThis.record = () => {
        const found = new Map();
        const look = (name, object) => {
          for (const key of Reflect.ownKeys(object)) {
            const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key);
            found.set(name + '.' + String(key), [value, get, set]);
          }
        };
        for (const name of Object.getOwnPropertyNames(window)) {
          const it = Reflect.getOwnPropertyDescriptor(window, name).value;
          found.set(name, [it]);
          if (typeof it === 'function' && it.prototype) look(name, it.prototype);
          if (typeof it === 'function') look(name + '#', it);
        }
        return found;
      };
      // Another version, or somebody else, was here first.
      globalThis.theirs = class extends HTMLElement {};
      customElements.define('im-avatar', theirs);
      globalThis.before = undefined;
      before = record();
    </script>`;
    await say(stage.server, 'bob', 'alice', 'Hello');
    const { page, faults } = await stage.open(
      t,
      stage.foreign('/clean', messenger(`conversation="p2p-bob" ${demoToken()}`), record),
    );
    await untilText(page, 'im-message >>> [part~=body]', 'Hello');
    const changed = await page.evaluate(() => {
      type Found = Map<string, unknown[]>;
      const { before, record } = globalThis as unknown as { before: Found; record: () => Found };
      const after = record();
      return [...new Set([...before.keys(), ...after.keys()])].filter((name) => {
        const [was, is] = [before.get(name), after.get(name)];
        return name !== 'before' && (!was || !is || was.some((value, i) => !Object.is(value, is[i])));
      });
    });
    // Lit's own: the list by which a page finds that it has two, and a symbol that is to be the language's; and puppeteer's.
    const known =
      /^(lit\w+Versions|reactiveElementVersions|litPropertyMetadata|Symbol#\.metadata|__name|puppeteer\w*|__puppeteer\w*)$/;
    assert.deepEqual(
      changed.filter((name) => !known.test(name)),
      [],
    );
    assert.ok(
      await page.evaluate(
        () => customElements.get('im-avatar') === (globalThis as unknown as { theirs: unknown }).theirs,
      ),
    );
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
