import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import type { WebSocketConstructor } from '../../../src/client/options.js';
import { manage } from '../../helpers/management.js';
import type { DemoServer } from '../../helpers/demo-server.js';
import { cast, emojiWall, longTexts, talk } from './cast.js';

/** Fills the server as people would: through the real client, each with a connection of their own. */
export async function seed(server: DemoServer): Promise<void> {
  for (const { account, name } of cast) await manage(server.url, 'user/create', { accid: account, name });
  const clients = new Map<string, ChatClient>();
  const as = (account: string): ChatClient => {
    const known = clients.get(account);
    if (known) return known;
    const client = new ChatClient({
      server: server.url,
      account,
      cache: 'memory',
      WebSocket: WebSocket,
      getToken: () => server.token(account),
    });
    clients.set(account, client);
    client.connect();
    return client;
  };
  const say = async (from: string, to: string, content: string): Promise<void> => {
    const client = as(from);
    const { idClient } = await client.send(`p2p-${to}`, { type: 'text', content });
    await new Promise<void>((stored) => {
      const off = client.on('send', ({ message }) => {
        if (message.idClient !== idClient) return;
        off();
        stored();
      });
    });
  };

  for (const line of emojiWall) await say('alice', 'emoji', line);
  for (const line of longTexts) await say('long', 'alice', line);
  for (const { account, lines } of cast) for (const line of lines) await say(account, 'alice', line);
  for (const [from, line] of talk) await say(from, from === 'alice' ? 'bob' : 'alice', line);
  await Promise.all([...clients.values()].map((client) => client.close()));
}
