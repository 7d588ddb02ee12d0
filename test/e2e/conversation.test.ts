import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { DemoServer } from '../helpers/demo-server.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { launchAnother, launchChromium } from '../helpers/browsers.js';
import type { Seen } from './helpers/in-page.js';
import { Person } from './helpers/person.js';
import { realLine } from './helpers/real-lines.js';
import { Site } from '../helpers/site.js';

/** What each of the two says. */
const linesEach = 150;
const aliceLines = Array.from({ length: linesEach }, (_, i) => realLine(2 * i));
const bobLines = Array.from({ length: linesEach }, (_, i) => realLine(2 * i + 1));

/** A page that embeds the widget and writes down what it was told is stored, past its own reload. */
const embed = (server: string, account: string, other: string): string => `
  <style>html, body { height: 100%; margin: 0 } im-chat-window { height: 100% }</style>
  <script>
    addEventListener('im-send', ({ detail }) => {
      const sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]');
      sessionStorage.setItem('sent', JSON.stringify([...sent, detail.message.idClient]));
    });
  </script>
  <script type="module" src="${server}/im-elements.js"></script>
  <im-connection account="${account}" token-url="${server}/demo/token">
    <im-chat-window conversation="p2p-${other}"></im-chat-window>
  </im-connection>`;

describe('Alice in Chromium and Bob in Firefox', () => {
  let server: DemoServer;
  let proxy: TcpProxy;
  let site: Site;
  let browsers: Browser[] = [];
  let alice: Person;
  let bob: Person;

  before(async () => {
    server = await DemoServer.start({ IM_ORIGINS: '*' });
    proxy = await TcpProxy.start(server.port);
    site = await Site.start();
    browsers = await Promise.all([launchChromium(), launchAnother()]);
    const [chromium, another] = browsers as [Browser, Browser];
    const throughProxy = `http://127.0.0.1:${proxy.port}`;
    alice = await Person.at(chromium, site.page('/alice', embed(throughProxy, 'alice', 'bob')), 'p2p-bob');
    bob = await Person.at(another, site.page('/bob', embed(server.url, 'bob', 'alice')), 'p2p-alice');
  });
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await site?.close();
    await proxy?.close();
    await server?.close();
  });

  /** The server dies without a word, and comes back. */
  const crash = async (): Promise<void> => {
    await server.kill('SIGKILL');
    await server.restart();
  };
  /** The way from the server to Alice swallows everything, until her widget has found out. What she sends still arrives: the acks do not. */
  const goDead = async (): Promise<void> => {
    proxy.set({ blackhole: true }, ['down']);
    await alice.untilLink('connecting');
    proxy.heal();
  };

  it('have the same conversation through a reload, a crash and a dead network', async () => {
    const trouble: Promise<void>[] = [];
    for (let i = 0; i < linesEach; i++) {
      if (i === 40) await bob.reload();
      // They go on talking meanwhile.
      if (i === 70) trouble.push(crash());
      if (i === 100) trouble.push(goDead());
      await Promise.all([alice.say(aliceLines[i]!), bob.say(bobLines[i]!)]);
    }
    await Promise.all(trouble);
    const total = 2 * linesEach;
    // Both, so that a failure tells what either of them believes.
    const settled = await Promise.allSettled([alice.untilSettled(total), bob.untilSettled(total)]);
    assert.deepEqual(
      settled.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : [])),
      [],
    );

    const screens = [await alice.screen(), await bob.screen()] as const;
    const caches = [await alice.cache(), await bob.cache()] as const;
    const told = [...(await alice.toldSent()), ...(await bob.toldSent())];
    const stored = await readStore();

    assert.equal(stored.length, total);
    assert.equal(new Set(stored.map(({ idClient }) => idClient)).size, total, 'each once');
    assert.deepEqual(saidBy('alice', stored), aliceLines);
    assert.deepEqual(saidBy('bob', stored), bobLines);
    for (const screen of screens) {
      assert.deepEqual(screen.map(withoutStatus), stored);
      assert.ok(screen.every(({ status }) => status === 'success'));
    }
    for (const { messages, unsent } of caches) {
      assert.deepEqual(messages, stored);
      assert.equal(unsent, 0);
    }
    const ids = new Set(stored.map(({ idClient }) => idClient));
    assert.ok(told.length >= total && told.every((idClient) => ids.has(idClient)), 'what was told as sent is stored');
    // Nothing that was said has run: titles and globals are the pages' own.
    for (const { page } of [alice, bob])
      assert.deepEqual(await page.evaluate(() => [document.title, 'owned' in globalThis]), ['A site', false]);
  });

  /** What the server's store holds, read after it has stopped. */
  async function readStore(): Promise<Seen[]> {
    await server.kill('SIGTERM');
    const storage = await openStorage({ dataDir: server.dataDir });
    try {
      const { id, seq } = await storage.ensureDirect('alice', 'bob');
      const rows = await storage.messages(id, 1, seq);
      return rows.map(({ idClient, from, body }) => {
        const { content } = JSON.parse(body) as { content: string };
        return { idClient, from, text: content };
      });
    } finally {
      await storage.close();
    }
  }
});

const withoutStatus = ({ idClient, from, text }: Seen): Seen => ({ idClient, from, text });
const saidBy = (account: string, messages: readonly Seen[]): string[] =>
  messages.filter(({ from }) => from === account).map(({ text }) => text);
