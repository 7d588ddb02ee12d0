import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { ImConnection } from '../../src/elements/connection/connection.js';
import { WebSocket } from 'ws';
import { ChatClient } from '../../src/client/chat-client.js';
import { DemoServer } from '../helpers/demo-server.js';
import { Site } from '../helpers/site.js';
import { TcpProxy } from '../helpers/tcp-proxy.js';
import { texts, until } from '../client/helpers/until.js';
import { MortalTab, type Moment } from './helpers/mortal-tab.js';

describe('a tab that is killed', () => {
  let server: DemoServer;
  let proxy: TcpProxy;
  let site: Site;
  before(async () => {
    server = await DemoServer.start({ IM_ORIGINS: '*' });
    proxy = await TcpProxy.start(server.port);
    site = await Site.start();
  });
  after(async () => {
    await site?.close();
    await proxy?.close();
    await server?.close();
  });

  /** Alice's tab, talking to somebody of this test's own, and what that one has got. */
  const talk = async (
    t: TestContext,
    other: string,
    moment?: Moment,
  ): Promise<{ tab: MortalTab; peer: ChatClient }> => {
    const peer = new ChatClient({
      server: server.url,
      account: other,
      cache: 'memory',
      WebSocket,
      getToken: () => server.token(other),
    });
    t.after(() => peer.close());
    peer.connect();
    await peer.openConversation('p2p-alice');
    await peer.openTimeline('p2p-alice');
    const url = site.page(
      `/${other}`,
      `<style>html, body { height: 100%; margin: 0 } im-chat-window { height: 100% }</style>
       <script type="module" src="${server.url}/im-elements.js"></script>
       <im-connection server="http://127.0.0.1:${proxy.port}" account="alice" token-url="${server.url}/demo/token">
         <im-chat-window conversation="p2p-${other}"></im-chat-window>
       </im-connection>`,
    );
    const tab = await MortalTab.open(url, moment);
    t.after(() => tab.close());
    await untilLinked(tab);
    return { tab, peer };
  };
  const untilLinked = async ({ page }: MortalTab): Promise<void> => {
    await page.waitForFunction(
      () => (document.querySelector('im-connection') as ImConnection).client?.connection.state === 'connected',
    );
  };
  /** The draft is on the disk: what a person has typed a moment ago. */
  const untilDraft = async ({ page }: MortalTab, text: string): Promise<void> => {
    await page.waitForFunction(
      async (wanted) => {
        const [{ name } = { name: '' }] = await indexedDB.databases();
        const db = await new Promise<IDBDatabase>((opened) => {
          const request = indexedDB.open(name!);
          request.onsuccess = () => opened(request.result);
        });
        const drafts = await new Promise<{ text: string }[]>((read) => {
          const request = db.transaction('drafts').objectStore('drafts').getAll() as IDBRequest<{ text: string }[]>;
          request.onsuccess = () => read(request.result);
        });
        db.close();
        return drafts.some((draft) => draft.text === wanted);
      },
      {},
      text,
    );
  };
  /** What of the conversation the reopened tab shows, when the link is up and nothing waits to be sent. */
  const shown = async ({ page }: MortalTab, other: string): Promise<(string | undefined)[]> => {
    const handle = await page.waitForFunction(
      (id) => {
        const { client } = document.querySelector('im-connection') as ImConnection;
        const { messages, loading } = client!.timeline(id);
        const settled = loading === 'none' && messages.every(({ status }) => status === 'success');
        return (
          settled && client!.connection.state === 'connected' && { said: messages.map(({ content }) => content ?? '') }
        );
      },
      {},
      `p2p-${other}`,
    );
    return ((await handle.jsonValue()) as { said: string[] }).said;
  };

  const absent: Moment[] = ['before put', 'after put'];
  for (const [i, moment] of absent.entries())
    it(`F1: ${moment}, before the outbox has it: the text is in the field again, and nothing was sent`, async (t) => {
      const other = `absent${i}`;
      const { tab, peer } = await talk(t, other, moment);
      await tab.write('Written, not sent');
      await untilDraft(tab, 'Written, not sent');
      await tab.enterAndStop();
      await tab.kill();
      await tab.reopen();
      await tab.page.waitForFunction(
        (text) => {
          const field = document.querySelector('im-chat-window')?.shadowRoot?.querySelector('im-composer')?.value;
          return field === text;
        },
        {},
        'Written, not sent',
      );
      assert.deepEqual(await shown(tab, other), []);
      assert.deepEqual(texts(peer, 'p2p-alice'), []);
    });

  const present: [string, Moment][] = [
    ['F1: as soon as the outbox has it', 'committed'],
    ['F2: before the first byte of it', 'before frame'],
  ];
  for (const [i, [title, moment]] of present.entries())
    it(`${title}: it is sent on the next visit, once, and does not stand in the field as well`, async (t) => {
      const other = `present${i}`;
      const { tab, peer } = await talk(t, other, moment);
      await tab.write('Written and kept');
      await untilDraft(tab, 'Written and kept');
      await tab.enterAndStop();
      await tab.kill();
      assert.deepEqual(texts(peer, 'p2p-alice'), []);
      await tab.reopen();
      await until(peer, () => texts(peer, 'p2p-alice').length > 0);
      assert.deepEqual(await shown(tab, other), ['Written and kept']);
      assert.deepEqual(texts(peer, 'p2p-alice'), ['Written and kept']);
      assert.equal(await tab.written(), '');
    });

  it('F3: after the frame, before the ack: the next visit offers it again, and it is there once', async (t) => {
    const { tab, peer } = await talk(t, 'acked');
    proxy.set({ blackhole: true }, ['down']);
    t.after(() => proxy.heal());
    await tab.write('Stored, not acked');
    await tab.page.keyboard.press('Enter');
    await until(peer, () => texts(peer, 'p2p-alice').length > 0);
    await tab.kill();
    proxy.heal();
    await tab.reopen();
    await untilLinked(tab);
    assert.deepEqual(await shown(tab, 'acked'), ['Stored, not acked']);
    // Had it been stored twice, this one would come third.
    await tab.write('And another');
    await tab.page.keyboard.press('Enter');
    await until(peer, () => texts(peer, 'p2p-alice').includes('And another'));
    assert.deepEqual(texts(peer, 'p2p-alice'), ['Stored, not acked', 'And another']);
    assert.deepEqual(await shown(tab, 'acked'), ['Stored, not acked', 'And another']);
  });
});
