import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { launchChromium, untilSeen } from '../../helpers/browsers.js';

/** Where a page stops for ever: before or after a message is put into the outbox, when that is committed, before its frame leaves. */
export type Moment = 'before put' | 'after put' | 'committed' | 'before frame';

/** Runs in the page before anything else there: it has to stand alone. */
function stopAt(moment: Moment, abyss: string): void {
  const stop = (): void => {
    // Waits in it for ever, and nothing of the page runs any more.
    const request = new XMLHttpRequest();
    request.open('GET', abyss, false);
    request.send();
  };
  const wrote = new WeakSet<IDBTransaction>();
  const { transaction } = IDBDatabase.prototype;
  // The first to listen is the first to hear.
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof transaction>) {
    const made = transaction.apply(this, args);
    made.addEventListener('complete', () => moment === 'committed' && wrote.has(made) && stop());
    return made;
  };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
    if (this.name !== 'outbox') return put.apply(this, args);
    if (moment === 'before put') stop();
    const request = put.apply(this, args);
    if (moment === 'after put') stop();
    wrote.add(this.transaction);
    return request;
  };
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (this: WebSocket, data: string) {
    if (moment === 'before frame' && data.includes('"t":"send"')) stop();
    send.call(this, data);
  };
}

/** A tab that can be killed as a phone kills it, without a last word, and opened again on what its browser has kept. */
export class MortalTab {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #url: string;
  #page!: Page;
  #session!: CDPSession;
  /** Resolves when the page has come to its moment. */
  #reached: Promise<unknown> = Promise.resolve();
  /** Answers nothing. */
  readonly #abyss = createServer();

  private constructor(browser: Browser, context: BrowserContext, url: string) {
    this.#browser = browser;
    this.#context = context;
    this.#url = url;
  }

  /** Opens a page with a composer, in a browser of its own. Resolves when one can write there. */
  static async open(url: string, moment?: Moment): Promise<MortalTab> {
    const browser = await launchChromium();
    const tab = new MortalTab(browser, browser.defaultBrowserContext(), url);
    tab.#abyss.listen(0, '127.0.0.1');
    await once(tab.#abyss, 'listening');
    await tab.reopen(moment);
    return tab;
  }

  get page(): Page {
    return this.#page;
  }

  async reopen(moment?: Moment): Promise<void> {
    this.#page = await this.#context.newPage();
    await this.#page.evaluateOnNewDocument('globalThis.__name = (it) => it');
    if (moment) {
      this.#reached = once(this.#abyss, 'request');
      await this.#page.evaluateOnNewDocument(stopAt, moment, `http://127.0.0.1:${port(this.#abyss)}/`);
    }
    this.#session = await this.#page.createCDPSession();
    await this.#page.goto(this.#url);
    await untilSeen(this.#page, '>>> textarea:enabled');
  }

  /** Kills the process that draws the page, from a thread of it that runs even where the page stands still. */
  async kill(): Promise<void> {
    const died = new Promise((done) => this.#page.once('error', done));
    // Nobody is left to answer.
    this.#session.send('Page.crash').catch(() => undefined);
    await died;
  }

  /** What stands in the field. */
  written(): Promise<string> {
    return this.#page.$eval('>>> textarea', (field) => field.value);
  }

  async write(text: string): Promise<void> {
    await this.#page.click('>>> textarea');
    await this.#page.keyboard.type(text);
  }

  /** Presses Enter. The page stops before it could say that it has heard it. */
  async enterAndStop(): Promise<void> {
    this.#page.keyboard.press('Enter').catch(() => undefined);
    await this.#reached;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#abyss.close();
    this.#abyss.closeAllConnections();
  }
}

const port = (server: Server): number => (server.address() as AddressInfo).port;
