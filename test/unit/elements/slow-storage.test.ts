import { expect, fixture, html } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import '../../../src/define.js';
import { until } from '../../client/helpers/until.js';
import { provideClient } from '../../helpers/provide-client.js';
import { LoopServer } from '../client/loop-server.js';

/** Whoever wants to write into the database waits until the function that it gives is called: as slow as a test likes. */
async function occupy(name: string): Promise<() => Promise<void>> {
  const db = await openDB(name);
  const tx = db.transaction([...db.objectStoreNames], 'readwrite');
  const store = tx.objectStore('meta');
  await store.count();
  let busy = true;
  const keepOpen = (async () => {
    while (busy) await store.count();
  })();
  return async () => {
    busy = false;
    await keepOpen;
    await tx.done;
    db.close();
  };
}

describe('a database that takes its time', () => {
  const server = 'https://slow-storage.example';
  const name = `im-elements ${new URL(server).host}/ alice`;
  let client: ChatClient;
  afterEach(async () => {
    await client.close();
    await deleteDB(name);
  });

  it('F15: leaves the page usable, and sends everything in the order in which it was written', async () => {
    const loop = new LoopServer();
    loop.fill('p2p-bob', 3);
    client = loop.client({ server });
    client.connect();
    await until(client, () => client.conversations().length === 1);
    const box = await fixture<HTMLElement>(html`<div lang="en"></div>`);
    provideClient(box, client);
    const composer = document.createElement('im-composer');
    composer.conversation = 'p2p-bob';
    box.append(composer);
    await composer.updateComplete;
    const area = composer.shadowRoot!.querySelector('textarea')!;
    const write = async (text: string): Promise<void> => {
      area.value = text;
      area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await composer.updateComplete;
    };

    const release = await occupy(name);
    const sending: Promise<void>[] = [];
    for (const text of ['a', 'b', 'c']) {
      await write(text);
      sending.push(composer.send());
      await composer.updateComplete;
      expect(area.value, 'free for the next one at once').to.equal('');
    }
    await write('and the next');
    // The page draws, and the client answers, while nothing can be written.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    expect(client.conversation('p2p-bob')?.draft).to.equal('and the next');
    expect(loop.of('send')).to.deep.equal([]);
    await release();
    await Promise.all(sending);
    await until(client, () => loop.logs.get('p2p-bob')!.length === 6);
    expect(loop.of('send').map(({ content }) => content)).to.deep.equal(['a', 'b', 'c']);
    expect(area.value).to.equal('and the next');
    await client.close();
    const db = await openDB(name);
    const drafts: unknown[] = await db.getAll('drafts');
    db.close();
    expect(drafts).to.deep.equal([{ cid: 'p2p-bob', text: 'and the next' }]);
  });
});
