import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { say } from '../helpers/say.js';
import { Stage, untilText } from './helpers/stage.js';

/** What of an element's look does not follow from how much room the page gives it. The font is the page's on purpose. */
const properties = [
  'appearance',
  'background-color',
  'border-collapse',
  'border-style',
  'border-width',
  'border-radius',
  'box-shadow',
  'box-sizing',
  'color',
  'content',
  'cursor',
  'direction',
  'display',
  'filter',
  'float',
  'font-size',
  'font-style',
  'font-variant',
  'font-weight',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'margin',
  'opacity',
  'outline-style',
  'overflow-wrap',
  'padding',
  'position',
  'text-align',
  'text-decoration-line',
  'text-indent',
  'text-shadow',
  'text-transform',
  'transform',
  'user-select',
  'vertical-align',
  'visibility',
  'white-space',
  'word-break',
  'word-spacing',
  'writing-mode',
  'zoom',
];

type Look = Record<string, Record<string, string>>;

/** The look of the first element of each part, of everything that one sees of a conversation. */
function lookOf(page: Page): Promise<Look> {
  return page.evaluate((names) => {
    const look = new Map<string, Record<string, string>>();
    const walk = (root: ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) walk(element.shadowRoot);
        const part = element.getAttribute('part');
        if (!part) continue;
        const key = `${root.host.localName}::part(${part})`;
        const style = getComputedStyle(element);
        if (!look.has(key))
          look.set(key, Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])));
      }
    };
    walk(document.querySelector('im-messenger')!.shadowRoot!);
    return Object.fromEntries([...look].sort());
  }, properties);
}

describe('a page with hostile styles', () => {
  let stage: Stage;
  before(async () => (stage = await Stage.set()));
  after(() => stage.strike());

  it('leaves every part as it is on a clean page', async (t) => {
    await say(stage.server, 'alice', 'bob', 'Hi');
    await say(stage.server, 'bob', 'alice', 'Hello', 'See https://example.com/');
    // The same as on the demo's page: there Bob is online too.
    const body = ['im-messenger account="alice"', 'im-launcher account="bob"']
      .map((element) => `<${element} token-url="${stage.server.url}/demo/token"></${element.split(' ')[0]}>`)
      .join('');
    const { page: clean } = await stage.open(t, stage.foreign('/clean', body));
    const { page: hostile } = await stage.open(t, `${stage.server.url}/embed.html`);
    const looks = [];
    for (const page of [clean, hostile]) {
      await page.evaluate(() => (document.querySelector('im-messenger')!.conversation = 'p2p-bob'));
      await untilText(page, 'im-message >>> [part~=body]', 'https://example.com/');
      await untilText(page, 'im-messenger >>> im-conversation-list >>> im-avatar >>> [part=dot]', '');
      await untilText(page, 'im-messenger >>> im-chat-window >>> [part=header]', 'Online');
      await page.mouse.move(0, 0);
      looks.push(await lookOf(page));
    }
    const [wanted, found] = looks as [Look, Look];
    // The first page has read the messages, so the second has no line above the new ones.
    const parts = Object.keys(wanted).filter((part) => part in found);
    assert.ok(parts.length > 20, `parts: ${parts.join()}`);
    const differences = parts.flatMap((part) =>
      properties
        .filter((name) => found[part]![name] !== wanted[part]![name])
        .map((name) => `${part} ${name}: ${found[part]![name]}, not ${wanted[part]![name]}`),
    );
    assert.deepEqual(differences, []);
  });
});
