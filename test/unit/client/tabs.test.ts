import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import type { ChatClientOptions } from '../../../src/client/options.js';
import { connected, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;

describe('tabs of one account', () => {
  let loop: LoopServer;
  let server: string;
  let open: ChatClient[];

  beforeEach(() => {
    server = `https://tabs-${count++}.example`;
    loop = new LoopServer();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((tab) => tab.close()));
    await deleteDB(`im-elements ${new URL(server).host}/ alice`);
  });

  const tab = async (options: Pick<ChatClientOptions, 'locks'> = {}): Promise<ChatClient> => {
    const client = loop.client({ server, ...options });
    open.push(client);
    client.connect();
    await connected(client);
    await until(client, () => !client.conversationsLoading);
    return client;
  };
  const sends = (): (string | undefined)[] => loop.of('send').map(({ content }) => content);
  const statuses = (client: ChatClient): string[] =>
    client.timeline('p2p-bob').messages.map(({ content, status }) => `${content} ${status}`);

  it('leave each other’s unsent messages alone, and take them over from one that is gone', async () => {
    loop.storing = false;
    const first = await tab();
    await first.send('p2p-bob', { content: 'a' });
    const second = await tab();
    const sent = loop.next('send');
    await second.send('p2p-bob', { content: 'b' });
    await sent;
    expect(sends()).to.deep.equal(['a', 'b']);
    expect(statuses(second)).to.deep.equal(['b sending']);
    loop.storing = true;
    await first.close();
    await until(second, () => statuses(second).includes('a sending'));
    // With the first one's link went what was in flight on it.
    await until(second, () => statuses(second).every((text) => text.endsWith('success')));
    expect(loop.logs.get('p2p-bob')).to.have.length(2);
  });

  it('learn of a tab that was opened later, and take over from it too', async () => {
    const first = await tab();
    loop.storing = false;
    const second = await tab();
    const sent = loop.next('send');
    await second.send('p2p-bob', { content: 'late' });
    await sent;
    loop.storing = true;
    await second.close();
    await until(first, () => statuses(first).join() === 'late success');
    expect(sends()).to.deep.equal(['late', 'late']);
  });

  it('may send the same message both, where there are no locks, and it is stored once', async () => {
    loop.storing = false;
    const first = await tab({ locks: null });
    await first.send('p2p-bob', { content: 'a' });
    loop.storing = true;
    const second = await tab({ locks: null });
    await until(second, () => statuses(second).join() === 'a success');
    await first.close();
    first.connect();
    await until(first, () => statuses(first).join() === 'a success');
    expect(loop.logs.get('p2p-bob')).to.have.length(1);
  });

  it('share their drafts', async () => {
    loop.fill('p2p-bob', 1);
    const first = await tab();
    const second = await tab();
    first.setDraft('p2p-bob', 'as I was say');
    await until(second, () => second.conversation('p2p-bob')?.draft === 'as I was say');
    second.setDraft('p2p-bob', '');
    await until(first, () => first.conversation('p2p-bob')?.draft === undefined);
  });
});
