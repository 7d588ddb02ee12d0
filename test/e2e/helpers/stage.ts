import type { TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium, newPage } from '../../helpers/browsers.js';
import { DemoServer } from '../../helpers/demo-server.js';
import { Site } from '../../helpers/site.js';

/** A server, a foreign site and a browser, for tests that each take a page of their own. */
export class Stage {
  readonly server: DemoServer;
  readonly site: Site;
  readonly #browser: Browser;

  private constructor(server: DemoServer, site: Site, browser: Browser) {
    this.server = server;
    this.site = site;
    this.#browser = browser;
  }

  static async set(): Promise<Stage> {
    return new Stage(await DemoServer.start({ IM_ORIGINS: '*' }), await Site.start(), await launchChromium());
  }

  /** Opens a page; every complaint of the browser about it is in `faults`. */
  async open(t: TestContext, url: string, width = 1000): Promise<{ page: Page; faults: string[] }> {
    const page = await newPage(this.#browser, width, 760);
    t.after(() => page.browserContext().close());
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') faults.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(url);
    return { page, faults };
  }

  /** A page of the foreign site with the widget's script and this body. */
  foreign(path: string, body: string, head = ''): string {
    const script = `<script type="module" src="${this.server.url}/im-elements.js"></script>`;
    const style = '<style>html, body { height: 100%; margin: 0 } im-messenger { height: 100% }</style>';
    return this.site.page(path, `${style}${head}${script}${body}`);
  }

  async strike(): Promise<void> {
    await this.#browser.close();
    await this.site.close();
    await this.server.close();
  }
}

/** Waits until an element that may stand in nested shadow trees shows this text. */
export async function untilText(page: Page, selector: string, text: string): Promise<void> {
  const shown = (found: Element[], wanted: string): boolean => found.some((it) => it.textContent.includes(wanted));
  for (const start = Date.now(); ; await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)))) {
    if (await page.$$eval(`>>> ${selector}`, shown, text)) return;
    if (Date.now() - start > 20_000) throw new Error(`no ${selector} shows "${text}"`);
  }
}
