import type { Browser, Page } from 'puppeteer-core';
import { launchChromium, newPage } from '../helpers/browsers.js';
import { Site } from '../helpers/site.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { token } from './app.js';
import { ChildServer } from './child-server.js';
import { floorPage, widgetPage } from './page-html.js';
import { installProbe } from './page-probe.js';
import { interleaved, median, quantile } from './statistics.js';
import { figure, printTable, ratio } from './table.js';
import { WirePerson } from './wire-person.js';

const rounds = 5;
const appends = 40;
const newestOf = (count: number): string => `message ${count} of history`;

type Opened = { readonly ms: number; readonly nodes: number; readonly heapMiB: number };

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await newPage(browser, 900, 800);
  await page.evaluateOnNewDocument(installProbe);
  await page.goto(url);
  return page;
}

async function weigh(page: Page): Promise<{ nodes: number; heapMiB: number }> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { Nodes = NaN, JSHeapUsedSize = NaN } = await page.metrics();
  return { nodes: Nodes, heapMiB: JSHeapUsedSize / 2 ** 20 };
}

/** From the start of the script to the newest message on the screen, on a page that has it all in its database. */
async function openOnce(page: Page, url: string, newest: string): Promise<Opened> {
  await page.goto(url);
  const ms = await page.evaluate(
    async (text) => (await window.painted(text)) - performance.getEntriesByName('start')[0]!.startTime,
    newest,
  );
  return { ms, ...(await weigh(page)) };
}

/** Milliseconds from a frame's arrival to its message on the screen. */
async function append(page: Page, bob: WirePerson): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < appends; i++) {
    const marker = `marker-${i}-`;
    const painted = page.evaluate(async (text) => (await window.painted(text)) - window.arrived.get(text)!, marker);
    await bob.send('p2p-alice', `${marker} a message that comes in while one looks on`);
    times.push(await painted);
  }
  return times;
}

/** A server with `count` messages from Bob to Alice, and a page of each kind that has them all in its own database. */
async function measure(browser: Browser, count: number): Promise<string[][]> {
  const [im, relay, site] = await Promise.all([
    ChildServer.start('im-server'),
    ChildServer.start('relay-server'),
    Site.start(),
  ]);
  const proxy = await TcpProxy.start(im.port);
  try {
    const alice = await WirePerson.connect(im.url, 'alice');
    const bob = await WirePerson.connect(im.url, 'bob');
    for (let i = 1; i <= count; i += 200)
      await Promise.all(Array.from({ length: 200 }, (_, j) => bob.send('p2p-alice', newestOf(i + j))));
    alice.close();
    const scripts = `http://127.0.0.1:${im.port}`;
    const widgetUrl = site.page('/widget', widgetPage(scripts, `http://127.0.0.1:${proxy.port}`, await token('alice')));
    const floorUrl = site.page('/floor', floorPage(count, relay.url));

    const widget = await openPage(browser, widgetUrl);
    const floor = await openPage(browser, floorUrl);
    await Promise.all([widget, floor].map((page) => page.evaluate((text) => window.painted(text), newestOf(count))));
    await widget.evaluate(async () => {
      const { client } = document.querySelector('im-connection')!;
      while (client!.timeline('p2p-bob').hasOlder) await client!.loadOlder('p2p-bob');
    });
    const whole = await weigh(widget);

    // Out of the cache alone: the server is not to be had.
    proxy.refuse();
    const opened = await interleaved([floor, widget], rounds, (page) =>
      openOnce(page, page === floor ? floorUrl : widgetUrl, newestOf(count)),
    );
    proxy.heal();
    await widget.reload();
    await widget.waitForFunction(
      () => document.querySelector('im-connection')!.client!.connection.state === 'connected',
    );
    const floorBob = await WirePerson.connect(relay.url, 'bob');
    const appended = new Map([
      [floor, await append(floor, floorBob)],
      [widget, await append(widget, bob)],
    ]);

    const of = (page: Page, key: keyof Opened): number => median(opened.get(page)!.map((result) => result[key]));
    const row = (page: Page, name: string): string[] => [
      count.toLocaleString('en'),
      name,
      page === floor ? figure(of(floor, 'ms')) : ratio(of(widget, 'ms'), of(floor, 'ms')),
      figure(of(page, 'nodes')),
      figure(of(page, 'heapMiB')),
      figure(median(appended.get(page)!)),
      figure(quantile(appended.get(page)!, 0.95)),
    ];
    return [
      row(floor, 'bare page'),
      row(widget, 'im-elements'),
      ['', '… all of them in memory', '', figure(whole.nodes), figure(whole.heapMiB), '', ''],
    ];
  } finally {
    await Promise.all([im.stop(), relay.stop(), site.close(), proxy.close()]);
  }
}

/** Opening out of the cache, what it weighs, and one message coming in. */
export async function benchPage(): Promise<void> {
  const browser = await launchChromium();
  try {
    const rows = [...(await measure(browser, 1_000)), ...(await measure(browser, 10_000))];
    const head = [
      'cached',
      'page',
      'script → newest painted, ms',
      'DOM nodes',
      'heap MiB',
      'incoming → paint, ms',
      'p95',
    ];
    printTable(`The page, Chromium (medians of ${rounds}, of ${appends} for incoming)`, head, rows);
  } finally {
    await browser.close();
  }
}
