import type { Page } from 'puppeteer-core';
import { launchChromium, newPage } from '../helpers/browsers.js';
import { Site } from '../helpers/site.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { token } from './app.js';
import { ChildServer } from './child-server.js';
import { median } from './statistics.js';
import { figure, printTable, ratio } from './table.js';
import { WirePerson } from './wire-person.js';

const conversations = 50;
const missedEach = 20;
const rounds = 5;

/** What a bare socket takes to be told the same: the newest 20 of each conversation, decoded and thrown away. */
function bare(page: Page, url: string, secret: string): Promise<number> {
  return page.evaluate(
    (socketUrl, hello) =>
      new Promise<number>((done, fail) => {
        const start = performance.now();
        const socket = new WebSocket(socketUrl);
        socket.onopen = () => socket.send(hello);
        socket.onclose = ({ code }) => fail(new Error(`closed: ${code}`));
        socket.onmessage = ({ data }: MessageEvent<string>) => {
          if ((JSON.parse(data) as { t: string }).t !== 'synced') return;
          done(performance.now() - start);
          socket.onclose = null;
          socket.close();
        };
      }),
    url,
    JSON.stringify({ t: 'hello', v: 1, account: 'alice', token: secret, device: 'bare', tab: 'bare' }),
  );
}

/** From the wish to connect until every conversation has everything, in the cache and in memory. */
function resumed(page: Page, lastSeq: number): Promise<number> {
  return page.evaluate(
    (count, wanted) => {
      const { client } = document.querySelector('im-connection')!;
      const start = performance.now();
      return new Promise<number>((done) => {
        client!.on('conversations', () => {
          const known = client!.conversations();
          if (known.length === count && known.every(({ lastSeq }) => lastSeq === wanted))
            done(performance.now() - start);
        });
        client!.connect();
      });
    },
    conversations,
    lastSeq,
  );
}

/** Coming back after a thousand messages in fifty conversations, in a page with the list on it. */
export async function benchResume(): Promise<void> {
  const [im, site, browser] = await Promise.all([ChildServer.start('im-server'), Site.start(), launchChromium()]);
  const proxy = await TcpProxy.start(im.port);
  try {
    const secret = await token('alice');
    const alice = await WirePerson.connect(im.url, 'alice');
    const writers = await Promise.all(
      Array.from({ length: conversations }, (_, i) => WirePerson.connect(im.url, `writer-${i}`)),
    );
    let lastSeq = 0;
    const write = async (each: number): Promise<void> => {
      for (let i = 0; i < each; i++) {
        lastSeq++;
        await Promise.all(writers.map((writer) => writer.send('p2p-alice', `message ${lastSeq} of one who is missed`)));
      }
    };
    await write(1);
    alice.close();
    const page = await newPage(browser);
    await page.goto(
      site.page(
        '/resume',
        `<script type="module" src="http://127.0.0.1:${im.port}/im-elements.js"></script>
         <im-connection server="http://127.0.0.1:${proxy.port}" account="alice" token="${secret}">
           <im-conversation-list style="height: 600px"></im-conversation-list>
         </im-connection>`,
      ),
    );
    await page.waitForFunction(
      (count) => document.querySelector('im-connection')?.client?.conversations().length === count,
      {},
      conversations,
    );
    const times: { floor: number; client: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      proxy.refuse();
      await page.waitForFunction(
        () => document.querySelector('im-connection')!.client!.connection.state === 'disconnected',
      );
      await write(missedEach);
      const floor = await bare(page, im.url, secret);
      proxy.heal();
      times.push({ floor, client: await resumed(page, lastSeq) });
    }
    const floor = median(times.map((time) => time.floor));
    const client = median(times.map((time) => time.client));
    printTable(
      `Resume after ${conversations * missedEach} messages in ${conversations} conversations, Chromium (median of ${rounds})`,
      ['page', 'ms'],
      [
        ['bare socket, decoded only', figure(floor)],
        ['im-elements: in the cache, in memory, on the list', ratio(client, floor)],
      ],
    );
  } finally {
    await Promise.all([im.stop(), site.close(), proxy.close(), browser.close()]);
  }
}
