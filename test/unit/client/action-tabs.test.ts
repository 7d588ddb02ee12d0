import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { ChatClient } from '../../../src/client/chat-client.js';
import type { Message } from '../../../src/protocol/message.js';
import { connected, until } from '../../client/helpers/until.js';
import { LoopServer } from './loop-server.js';

let count = 0;
const cid = 'p2p-bob';

describe('what one does to a message in one tab', () => {
  let loop: LoopServer;
  let server: string;
  let open: ChatClient[];

  beforeEach(() => {
    server = `https://action-tabs-${count++}.example`;
    loop = new LoopServer();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((tab) => tab.close()));
    await deleteDB(`im-elements ${new URL(server).host}/ alice`);
  });

  const tab = async (): Promise<ChatClient> => {
    const client = loop.client({ server });
    open.push(client);
    client.connect();
    await connected(client);
    await until(client, () => !client.conversationsLoading);
    await client.openTimeline(cid);
    return client;
  };
  const at = (client: ChatClient, seq: number): Message | undefined =>
    client.timeline(cid).messages.find((message) => message.seq === seq);
  const emoji = (client: ChatClient, seq: number): string =>
    (at(client, seq)?.reactions ?? []).map((reaction) => `${reaction.emoji}${reaction.accounts.join()}`).join(' ');

  it('is in the others at once, whichever of them has the socket', async () => {
    loop.fill(cid, 5);
    const first = await tab();
    const second = await tab();
    expect(loop.sockets).to.equal(1);
    await first.react(at(first, 3)!, '👍', true);
    await until(second, () => emoji(second, 3) === '👍alice');
    await second.react(at(second, 3)!, '🎉', true);
    await until(first, () => emoji(first, 3) === '👍alice 🎉alice');
    await until(second, () => at(second, 3)?.rev === 7);
    loop.act(cid, { kind: 'recall', seq: 8, target: 4, by: 'bob', time: 8, from: 'bob' });
    await Promise.all([first, second].map((client) => until(client, () => at(client, 4)?.recalled)));
    expect(loop.logs.get(cid)).to.have.length(8);
    const [one, two] = [first, second].map((client) => client.timeline(cid).messages);
    expect(one).to.deep.equal(two);
    const third = await tab();
    expect(third.timeline(cid).messages).to.deep.equal(one);
  });

  it('goes from the others’ screens when it is to be seen no more', async () => {
    loop.fill(cid, 5);
    const first = await tab();
    const second = await tab();
    await second.deleteForMe(cid, [at(second, 2)!]);
    await until(first, () => !at(first, 2));
    expect(at(second, 2)).to.equal(undefined);
    expect((await tab()).timeline(cid).messages.map(({ seq }) => seq)).to.deep.equal([1, 3, 4, 5]);
  });

  it('outlives the page, and is done once by the next', async () => {
    loop.fill(cid, 5);
    loop.refuseActs = true;
    const first = await tab();
    await first.react(at(first, 3)!, '👍', true);
    expect(emoji(first, 3)).to.equal('👍alice');
    await first.close();
    loop.refuseActs = false;
    const second = await tab();
    await until(second, () => at(second, 3)?.rev === 6);
    expect(emoji(second, 3)).to.equal('👍alice');
    expect(loop.logs.get(cid)).to.have.length(6);
  });

  it('asks for a quoted message once, from the tab that leads too', async () => {
    loop.fill(cid, 100);
    const first = await tab();
    const second = await tab();
    expect((await second.messageAt(cid, 5))?.content).to.equal('m5');
    expect((await first.messageAt(cid, 5))?.content).to.equal('m5');
    expect(loop.of('messages')).to.have.length(1);
  });
});
