// `npm run screenshots [state …]`: every state in both themes, three languages and three widths, into test/screenshots/.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium, newPage } from '../../helpers/browsers.js';
import { testApp } from '../../helpers/chat-server.js';
import { DemoServer } from '../../helpers/demo-server.js';
import { Site } from '../../helpers/site.js';
import { TcpProxy } from '../../helpers/tcp-proxy.js';
import { seed } from './seed.js';
import { states, type State } from './states.js';

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const themes = ['light', 'dark'] as const;
const languages = [
  { lang: 'en', dir: 'ltr' },
  { lang: 'zh-CN', dir: 'ltr' },
  { lang: 'ar', dir: 'rtl' },
] as const;
const widths = [360, 768, 1280] as const;

/** The page scripts come from the server itself; only the widget's own connections go through the proxy that a state breaks. */
const html = (state: State, server: DemoServer, proxy: TcpProxy): string => `
  ${state.media ? `<script type="module">${mediaScene}</script>` : ''}
  <style>
    html, body { height: 100%; margin: 0; font-family: Inter, 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif }
    im-messenger { height: 100%; ${state.style ?? ''} }
  </style>
  <script type="module" src="${server.url}/im-elements.js"></script>
  <im-messenger ${state.media ? 'markdown' : `server="http://127.0.0.1:${proxy.port}" account="${state.account}"`}
    ${state.token === undefined ? `token-url="${server.url}/demo/token"` : `token="${state.token}"`}
    ${state.conversation === undefined ? '' : `conversation="${state.conversation}"`}></im-messenger>`;

/** Fonts and the language's texts are there, nothing is in motion, and what that changed is drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForNetworkIdle({ idleTime: 150, timeout: 10_000 }).catch(() => {});
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}

async function shoot(browser: Browser, server: DemoServer, site: Site, state: State): Promise<void> {
  const proxy = await TcpProxy.start(server.port);
  const { height = 760 } = state;
  const page = await newPage(browser, 1280, height);
  try {
    state.before?.(proxy);
    await page.goto(site.page(`/${state.name}`, html(state, server, proxy)));
    await page.waitForSelector('im-messenger:defined');
    await settled(page);
    await state.then?.(page, proxy);
    for (const { lang, dir } of languages)
      for (const theme of themes)
        for (const width of widths) {
          await page.setViewport({ width, height });
          await page.evaluate(
            (attributes) => {
              Object.assign(document.documentElement, { lang: attributes.lang, dir: attributes.dir });
              document.querySelector('im-messenger')!.theme = attributes.theme;
            },
            { lang, dir, theme },
          );
          await settled(page);
          await page.screenshot({
            path: join(folder, `${state.name}-${theme}-${lang}-${width}.png`),
          });
        }
  } finally {
    await page.browserContext().close();
    await proxy.close();
  }
}

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('media-scene.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  write: false,
});
const mediaScene = outputFiles[0]!.text;
const asked = process.argv.slice(2);
const chosen = asked.length ? states.filter(({ name }) => asked.includes(name)) : states;
if (!asked.length) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const { key, secret } = testApp;
const server = await DemoServer.start({ IM_ORIGINS: '*', IM_APP_KEY: key, IM_APP_SECRET: secret });
const site = await Site.start();
const browser = await launchChromium();
try {
  await seed(server);
  for (const state of chosen) {
    await shoot(browser, server, site, state);
    console.log(state.name);
  }
} finally {
  await browser.close();
  await site.close();
  await server.close();
}
