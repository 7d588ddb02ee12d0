import type { TestContext } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { ImConnection } from '../../../src/elements/connection/connection.js';
import { ChatServer } from '../../helpers/chat-server.js';
import { Site } from '../../helpers/site.js';
import { TcpProxy } from '../../helpers/tcp-proxy.js';

const patience = { timeout: 30_000, polling: 50 };

/** One person's pages on a site, all in one profile, and the real server behind a network that can fail. */
export class Tabs {
  readonly server: ChatServer;
  readonly proxy: TcpProxy;
  /** Requests for a token that any page has made. */
  tokenRequests = 0;
  /** What the browsers complained of. */
  readonly faults: string[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(server: ChatServer, proxy: TcpProxy, context: BrowserContext, url: string) {
    this.server = server;
    this.proxy = proxy;
    this.#context = context;
    this.#url = url;
  }

  /** @param missing what the browser shall not have */
  static async open(t: TestContext, browser: Browser, missing?: 'locks' | 'BroadcastChannel'): Promise<Tabs> {
    const server = await ChatServer.start(t, { demo: true, origins: 'any', metricsPort: 0 });
    const proxy = await TcpProxy.start(server.port);
    t.after(() => proxy.close());
    const site = await Site.start();
    t.after(() => site.close());
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    const without = {
      locks: `Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });`,
      BroadcastChannel: 'delete globalThis.BroadcastChannel;',
    };
    const url = site.page(
      '/tabs',
      `<script>${missing ? without[missing] : ''}</script>
      <style>html, body { height: 100%; margin: 0 } im-messenger { height: 100% }</style>
      <script type="module" src="http://127.0.0.1:${proxy.port}/im-elements.js"></script>
      <im-connection account="alice" token-url="http://127.0.0.1:${proxy.port}/demo/token">
        <im-messenger></im-messenger>
      </im-connection>`,
    );
    return new Tabs(server, proxy, context, url);
  }

  /** Lets the site's pages show notifications, and has them count what they show. */
  async allowNotifications(): Promise<void> {
    await this.#context.overridePermissions(new URL(this.#url).origin, ['notifications']);
  }

  /** A page of something else, in front of the others. */
  async lookElsewhere(): Promise<void> {
    const page = await this.#context.newPage();
    await page.bringToFront();
  }

  /** A page that has begun to load. */
  async page(): Promise<Page> {
    const page = await this.#context.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (it) => it');
    await page.evaluateOnNewDocument(() => {
      const shown: string[] = [];
      const Real = globalThis.Notification;
      Object.assign(globalThis, { shown });
      globalThis.Notification = class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(`${title}: ${options?.body} (${options?.tag})`);
        }
      };
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/demo/token')) this.tokenRequests++;
    });
    await page.goto(this.#url);
    return page;
  }

  /** Signed-in sockets, as the server counts them. */
  async sockets(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.server.metricsPort}/metrics`)).text();
    return Number(/^im_connections (\d+)$/m.exec(metrics)![1]);
  }

  /** Resolves when the server counts so many. */
  async untilSockets(count: number): Promise<void> {
    for (const start = Date.now(); (await this.sockets()) !== count;)
      if (Date.now() - start > patience.timeout) throw new Error(`${await this.sockets()} sockets, not ${count}`);
  }
}

/** Resolves when the page has a link, its own or another's. */
export async function untilConnected(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (document.querySelector('im-connection') as ImConnection).client?.connection.state === 'connected',
    patience,
  );
}

/** Opens the conversation with Bob and keeps it open. */
export function openBob(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { client } = document.querySelector('im-connection') as ImConnection;
    await client!.openConversation('p2p-bob');
    await client!.openTimeline('p2p-bob');
  });
}

/** Resolves with the id once it is in the outbox. */
export function send(page: Page, content: string): Promise<string> {
  return page.evaluate(async (text) => {
    const { client } = document.querySelector('im-connection') as ImConnection;
    return (await client!.send('p2p-bob', { content: text })).idClient;
  }, content);
}

/** The conversation with Bob as the page has it: `seq content status`. */
export function lines(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { client } = document.querySelector('im-connection') as ImConnection;
    return client!.timeline('p2p-bob').messages.map(({ seq, content, status }) => `${seq} ${content} ${status}`);
  });
}

/** Resolves when the page has so many messages with Bob, all of them stored. */
export async function untilStored(page: Page, count: number): Promise<void> {
  const stored = (wanted: number): boolean => {
    const { client } = document.querySelector('im-connection') as ImConnection;
    const { messages } = client!.timeline('p2p-bob');
    return messages.length === wanted && messages.every(({ status }) => status === 'success');
  };
  try {
    await page.waitForFunction(stored, patience, count);
  } catch (cause) {
    throw new Error(`not ${count} stored: ${JSON.stringify(await lines(page))}`, { cause });
  }
}

/** How many messages the page says are unread. */
export function unread(page: Page): Promise<number> {
  return page.evaluate(() => (document.querySelector('im-connection') as ImConnection).client!.unreadTotal);
}

/** Ms from now until the page's link has gone and come back, by the page's own clock. Watches at once; resolves then. */
export async function returnOf(page: Page): Promise<{ readonly ms: Promise<number> }> {
  await page.evaluate(() => {
    const { client } = document.querySelector('im-connection') as ImConnection;
    const start = performance.now();
    const scope = globalThis as { back?: Promise<number> };
    scope.back = new Promise((done) => {
      let gone = false;
      client!.on('connection', ({ state }) => {
        gone ||= state !== 'connected';
        if (gone && state === 'connected') done(performance.now() - start);
      });
    });
  });
  return { ms: page.evaluate(() => (globalThis as unknown as { back: Promise<number> }).back) };
}
