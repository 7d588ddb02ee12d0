import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import type { ImConnection } from '../../src/elements/connection/connection.js';
import { launchAnother, launchChromium } from '../helpers/browsers.js';
import { lines, openBob, returnOf, send, Tabs, unread, untilConnected, untilStored } from './helpers/tabs.js';

const five = [0, 1, 2, 3, 4];
type Shown = { readonly shown: string[] };
type Missing = 'locks' | 'BroadcastChannel';

/** Five pages of Alice's, opened at once; Bob, who has written to her, is the server's own client. */
async function fivePages(
  t: TestContext,
  browser: Browser,
  options: { missing?: Missing; notifications?: boolean } = {},
) {
  const tabs = await Tabs.open(t, browser, options.missing);
  if (options.notifications) await tabs.allowNotifications();
  const bob = await tabs.server.connect('bob');
  const alice = await tabs.server.connect('alice');
  await bob.text('p2p-alice', 'one');
  await alice.close();
  await tabs.untilSockets(1);
  const pages = await Promise.all(five.map(() => tabs.page()));
  await Promise.all(pages.map(untilConnected));
  await Promise.all(pages.map(openBob));
  return { tabs, bob, pages };
}

/** The page that has the socket; it is the only one that asked for a token. */
async function leaderOf(pages: readonly Page[]): Promise<Page> {
  const leads = (page: Page): Promise<boolean> =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/demo/token')));
  for (const page of [...pages].reverse()) if (await leads(page)) return page;
  throw new Error('nobody leads');
}

async function agree(pages: readonly Page[], count: number): Promise<void> {
  for (const page of pages) await untilStored(page, count);
  const first = await lines(pages[0]!);
  for (const page of pages) assert.deepEqual(await lines(page), first);
  assert.deepEqual(
    first.map((line) => Number(line.split(' ')[0])),
    first.map((_, i) => i + 1),
  );
}

for (const [engine, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchAnother],
] as const)
  describe(`five tabs of one account in ${engine}`, () => {
    let browser: Browser;
    before(async () => (browser = await launch()));
    after(() => browser.close());

    it('F18: hold one socket, ask for one token, and each says what all of them see', async (t) => {
      const { tabs, bob, pages } = await fivePages(t, browser);
      assert.equal(await tabs.sockets(), 2, 'one for Bob, one for Alice');
      assert.equal(tabs.tokenRequests, 1);
      for (const [i, page] of pages.entries()) await send(page, `from tab ${i}`);
      await bob.text('p2p-alice', 'and back');
      await agree(pages, 7);
      assert.equal(await tabs.sockets(), 2);
      assert.deepEqual(tabs.faults, []);
    });

    it('clear the badge in all when it is read in one, also while the server does not answer', async (t) => {
      const { tabs, pages } = await fivePages(t, browser);
      const [first, ...others] = pages;
      for (const page of pages) assert.equal(await unread(page), 1);
      tabs.proxy.set({ blackhole: true });
      const cleared = others.map((page) =>
        page.evaluate(() => {
          const { client } = document.querySelector('im-connection') as ImConnection;
          return new Promise<number>((done) => {
            client!.on('conversations', ({ unreadTotal }) => unreadTotal === 0 && done(Date.now()));
          });
        }),
      );
      const readAt = await first!.evaluate(() => {
        (document.querySelector('im-connection') as ImConnection).client!.markRead('p2p-bob');
        return Date.now();
      });
      for (const at of await Promise.all(cleared)) assert.ok(at - readAt <= 300, `after ${at - readAt} ms`);
    });

    it('show one notification of a message that nobody looks at, and none while somebody looks', async (t) => {
      const { tabs, bob, pages } = await fivePages(t, browser, { notifications: true });
      const shown = async (): Promise<string[]> =>
        (await Promise.all(pages.map((page) => page.evaluate(() => (globalThis as unknown as Shown).shown)))).flat();
      await pages[2]!.bringToFront();
      await pages[2]!.click('im-messenger');
      await bob.text('p2p-alice', 'two');
      await agree(pages, 2);
      assert.deepEqual(await shown(), []);
      await tabs.lookElsewhere();
      await bob.text('p2p-alice', 'three');
      await agree(pages, 3);
      await bob.text('p2p-alice', 'four');
      await agree(pages, 4);
      for (const start = Date.now(); (await shown()).length < 2 && Date.now() - start < 5_000;);
      assert.deepEqual(await shown(), ['Bob: three (p2p-bob)', 'Bob: four (p2p-bob)']);
      assert.deepEqual(tabs.faults, []);
    });

    it('F18: go on within two seconds when the one with the socket is closed, and lose nothing', async (t) => {
      const { tabs, bob, pages } = await fivePages(t, browser);
      const leader = await leaderOf(pages);
      const rest = pages.filter((page) => page !== leader);
      // The network swallows the acks: what is sent now is under way when the leader goes.
      tabs.proxy.set({ blackhole: true }, ['down']);
      for (const [i, page] of rest.entries()) await send(page, `while it goes ${i}`);
      await send(leader, 'its last words');
      const back = await Promise.all(rest.map(returnOf));
      tabs.proxy.set({});
      await leader.close();
      for (const { ms } of back) assert.ok((await ms) <= 2_000, `after ${await ms} ms`);
      await bob.text('p2p-alice', 'still there?');
      await agree(rest, 7);
      await tabs.untilSockets(2);
      assert.deepEqual(tabs.faults, []);
    });

    it('F25: go on when the one with the socket leaves for another page, which can come back', async (t) => {
      const { tabs, bob, pages } = await fivePages(t, browser);
      const leader = await leaderOf(pages);
      const rest = pages.filter((page) => page !== leader);
      const back = await Promise.all(rest.map(returnOf));
      await leader.evaluate(() => Object.assign(globalThis, { sameLife: true }));
      await leader.goto(`${tabs.server.url}/healthz`);
      for (const { ms } of back) assert.ok((await ms) <= 2_000, `after ${await ms} ms`);
      await bob.text('p2p-alice', 'two');
      await agree(rest, 2);
      await leader.goBack();
      // A driven Firefox keeps no page for the way back: there it is a reload.
      const sameLife = await leader.evaluate(() => 'sameLife' in globalThis);
      assert.ok(sameLife || engine === 'Firefox', 'it was kept for the way back, and comes without a reload');
      await untilConnected(leader);
      await openBob(leader);
      await agree(pages, 2);
      await tabs.untilSockets(2);
    });
  });

describe('a tab with the socket that does not answer', () => {
  let browser: Browser;
  before(async () => (browser = await launchChromium()));
  after(() => browser.close());

  // Chromium only: the others give no hand on a page's life, and run one site's tabs on one thread.

  it('F25: because it is frozen is followed within two seconds, and catches up when it thaws', async (t) => {
    const { tabs, bob, pages } = await fivePages(t, browser);
    const leader = await leaderOf(pages);
    const rest = pages.filter((page) => page !== leader);
    const back = await Promise.all(rest.map(returnOf));
    const devtools = await leader.createCDPSession();
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (const { ms } of back) assert.ok((await ms) <= 2_000, `after ${await ms} ms`);
    await bob.text('p2p-alice', 'while it was frozen');
    await agree(rest, 2);
    await tabs.untilSockets(2);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await agree(pages, 2);
    await tabs.untilSockets(2);
    assert.deepEqual(tabs.faults, []);
  });

  it('because its page hangs is followed within two seconds, and follows when it is free again', async (t) => {
    const { tabs, bob, pages } = await fivePages(t, browser);
    const leader = await leaderOf(pages);
    const rest = pages.filter((page) => page !== leader);
    const front = rest[0]!;
    await front.bringToFront();
    const back = await returnOf(front);
    const hanging = leader.evaluate(() => {
      for (const end = performance.now() + 5_000; performance.now() < end;);
    });
    const ms = await back.ms;
    assert.ok(ms <= 2_000, `after ${ms} ms`);
    await send(front, 'while it hung');
    await bob.text('p2p-alice', 'I noticed nothing');
    await agree(rest, 3);
    await hanging;
    await send(leader, 'here again');
    await agree(pages, 4);
    await tabs.untilSockets(2);
    assert.deepEqual(tabs.faults, []);
  });
});

describe('tabs that cannot find each other', () => {
  let browser: Browser;
  before(async () => (browser = await launchChromium()));
  after(() => browser.close());

  for (const missing of ['locks', 'BroadcastChannel'] as const)
    it(`(no ${missing}) have a socket each, and everything is right all the same`, async (t) => {
      const { tabs, bob, pages } = await fivePages(t, browser, { missing });
      assert.equal(await tabs.sockets(), 6);
      for (const [i, page] of pages.entries()) await send(page, `from tab ${i}`);
      await bob.text('p2p-alice', 'and back');
      await agree(pages, 7);
      await pages[0]!.close();
      await tabs.untilSockets(5);
      assert.deepEqual(tabs.faults, []);
    });
});
