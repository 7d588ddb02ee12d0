import { WebSocket } from 'ws';
import { ChatClient } from '../../src/client/chat-client.js';
import type { DemoServer } from './demo-server.js';

/** Says something through the real client, in Node. Resolves when the server has stored all of it. */
export async function say(server: DemoServer, from: string, to: string, ...lines: readonly string[]): Promise<void> {
  const client = new ChatClient({
    server: server.url,
    account: from,
    cache: 'memory',
    WebSocket,
    getToken: () => server.token(from),
  });
  const stored = new Promise<void>((resolve, reject) => {
    let left = lines.length;
    client.on('send', () => --left === 0 && resolve());
    client.on('send-fail', ({ error }) => reject(new Error(error.message)));
  });
  try {
    client.connect();
    for (const content of lines) await client.send(`p2p-${to}`, { type: 'text', content });
    await stored;
  } finally {
    await client.close();
  }
}
