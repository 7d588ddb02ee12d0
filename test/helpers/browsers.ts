import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { enginesHere, executable } from '../tools/engines.mjs';

/** Chromium, driven by its own protocol; with a profile of its own unless one is given. */
export const launchChromium = (userDataDir?: string): Promise<Browser> =>
  launch({
    executablePath: executable('chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    ...(userDataDir !== undefined && { userDataDir }),
  });

/** Firefox, driven by WebDriver BiDi; where there is none, a second Chromium. `npm test` says which engines there are. */
export const launchAnother = (): Promise<Browser> =>
  enginesHere().includes('firefox')
    ? launch({ browser: 'firefox', executablePath: executable('firefox') })
    : launchChromium();

/** A page of a chosen size, in a profile of its own. */
export async function newPage(browser: Browser, width = 1000, height = 760): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height });
  // esbuild, which reads these tests, wraps functions in `__name`; those that run in the page need one there.
  await page.evaluateOnNewDocument('globalThis.__name = (it) => it');
  return page;
}

/**
 * The first element of the selector (`>>>` leads into shadow trees), as soon as it can be seen. Looks at every frame: without
 * `visible` puppeteer waits for a mutation of the document, and those inside shadow trees are none.
 */
export async function untilSeen(page: Page, selector: string): Promise<ElementHandle> {
  return (await page.waitForSelector(selector, { visible: true }))!;
}
