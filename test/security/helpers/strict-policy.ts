import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Engine } from '../../tools/engines.mjs';
import { DemoServer } from '../../helpers/demo-server.js';
import { useTools } from './composer-tools.js';
import { complaintsOf, find, talkUnder, untilHolds } from './conversation.js';
import { engines, openScreen, type Screen } from './screens.js';
import { WatchedSite } from './watched-site.js';

/** The lines that a page of another origin needs which embeds the widget from `server`: nothing of its own but a style sheet. */
const embedding = (server: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${server}`,
    "style-src 'self'",
    'img-src data:',
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const layout = { '/layout.css': 'html, body { height: 100%; margin: 0 } im-messenger { height: 50% }' };

const kinds = [
  ['module', (url: string) => `<script type="module" src="${url}/im-elements.js"></script>`],
  ['classic script', (url: string) => `<script src="${url}/im-elements.iife.js"></script>`],
] as const;

/** Whether a widget can do all it does where a page allows next to nothing, in one engine; nothing where there is no such engine. */
export function underStrictPolicy(engine: Engine): void {
  if (!engines.includes(engine)) return;
  describe(`under the strictest policy, with Trusted Types, in ${engine}`, () => {
    let server: DemoServer;
    let screen: Screen;
    before(async () => {
      server = await DemoServer.start({ IM_ORIGINS: '*' });
      screen = await openScreen(engine);
    });
    after(async () => {
      await screen?.close();
      await server?.close();
    });

    const watched = async (t: TestContext): Promise<WatchedSite> => {
      const site = await WatchedSite.start(server.url);
      t.after(() => site.close());
      screen.complaints.length = 0;
      return site;
    };

    it('S-30, S-31: two people talk on the demo’s own page, which is served with it', async (t) => {
      const site = await watched(t);
      assert.deepEqual(await talkUnder(screen, site, `${site.url}/`), []);
      // What a template could only have said with a style attribute, which the policy would have dropped.
      const hue = `getComputedStyle(${find}('im-avatar', 'alice').shadowRoot.querySelector('.root')).getPropertyValue('--_hue')`;
      assert.notEqual(await screen.evaluate(hue), '');
    });

    for (const path of ['/embed.html', '/parts.html'])
      it(`S-30: ${path} of the demo loads without a violation`, async (t) => {
        const site = await watched(t);
        await screen.goto(site.url + path);
        await untilHolds(
          screen,
          `document.querySelector('im-messenger, im-connection')?.client?.connection.state === 'connected'`,
        );
        assert.deepEqual(await complaintsOf(screen, site), []);
      });

    for (const [kind, script] of kinds)
      it(`S-30, S-32: two people talk on a page of another origin that has the widget as a ${kind}`, async (t) => {
        const site = await watched(t);
        const messenger = (account: string, other: string): string =>
          `<im-messenger account="${account}" token-url="${site.url}/demo/token" server="${site.url}" conversation="p2p-${other}"></im-messenger>`;
        const page = await watched(t);
        const url = page.page('/embedding', {
          body: `<link rel="stylesheet" href="/layout.css">${script(site.url)}${messenger('alice', 'bob')}${messenger('bob', 'alice')}`,
          policy: embedding(site.url),
          files: layout,
        });
        assert.deepEqual([...(await talkUnder(screen, site, url)), ...page.reports], []);
      });

    for (const [kind, script] of kinds)
      it(`S-30: emoji, attachments and places work on a page of another origin that has the widget as a ${kind}`, async (t) => {
        const site = await watched(t);
        const page = await watched(t);
        const url = page.page('/tools', {
          body: `<link rel="stylesheet" href="/layout.css">${script(site.url)}<im-messenger account="alice" token-url="${site.url}/demo/token" server="${site.url}" conversation="p2p-bob"></im-messenger>`,
          policy: embedding(site.url),
          files: { '/layout.css': 'html, body, im-messenger { height: 100%; margin: 0 }' },
        });
        assert.deepEqual([...(await useTools(screen, page, url)), ...site.reports], []);
      });

    it('S-30: what these tests look for, they see: an inline style, an inline script, a string into a sink', async (t) => {
      const site = await watched(t);
      const guilty: Record<string, string> = {
        '/style': '<p style="color: red">inline</p>',
        '/script': '<script>globalThis.ran = true</script>',
        '/handler': '<img src="data:," onerror="globalThis.ran = true">',
        '/frame': '<iframe src="https://example.com/"></iframe>',
        '/sink': '<script src="/sink.js"></script>',
        '/policy': '<script src="/policy.js"></script>',
      };
      const files = {
        '/sink.js': `document.body.innerHTML = '<b>markup</b>'`,
        '/policy.js': `trustedTypes.createPolicy('mine', {})`,
      };
      await screen.goto(site.page('/innocent', { body: '<p>nothing</p>', policy: embedding(server.url) }));
      assert.deepEqual(await complaintsOf(screen, site), []);
      for (const [path, body] of Object.entries(guilty)) {
        site.reports.length = 0;
        await screen.goto(site.page(path, { body, policy: embedding(server.url), files }));
        await untilHolds(screen, 'globalThis.watched.some((line) => line.startsWith("violation"))');
        await site.untilReported();
        assert.equal(await screen.evaluate('"ran" in globalThis'), false, path);
      }
    });
  });
}
