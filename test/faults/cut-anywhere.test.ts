import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { ChatClient } from '../../src/client/chat-client.js';
import { connected, until } from '../client/helpers/until.js';
import { ChatServer } from '../helpers/chat-server.js';
import { TcpProxy, type Direction } from '../helpers/tcp-proxy.js';

const timing = { reconnectMin: 1, reconnectMax: 5, handshake: 2_000, token: 2_000 };
/** Clients that are being cut at the same time, each on a line of its own. */
const atOnce = 8;

/** The token comes over the same line as everything else. */
const clientOn = (proxy: TcpProxy): ChatClient =>
  new ChatClient({
    server: `http://127.0.0.1:${proxy.port}`,
    tokenUrl: `http://127.0.0.1:${proxy.port}/demo/token`,
    // One connection for each request, so that each byte of it has its number.
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, connection: 'close' } }),
    ...{ account: 'alice', cache: 'memory', WebSocket, timing },
  });

/** Connects over a line that is cut after `byte` until it has been cut once; then it has to come through. */
async function comesThrough(port: number, direction: Direction, byte: number): Promise<void> {
  const proxy = await TcpProxy.start(port);
  proxy.set({ cutAfter: byte }, [direction]);
  const client = clientOn(proxy);
  const failed = until(client, () => client.connection.state === 'disconnected', `a cut at ${byte} ${direction}`);
  client.connect();
  await failed;
  proxy.set({});
  await connected(client);
  await client.openConversation('p2p-bob');
  await client.close();
  await proxy.close();
}

describe('a line that is cut after byte k', () => {
  for (const direction of ['up', 'down'] as const)
    it(`F13: ${direction}: comes to a connection from every k, from the token to the end of the greeting`, async (t) => {
      const server = await ChatServer.start(t, { demo: true, origins: 'any', tuning: { demoTokensPerMinute: 1e6 } });
      const bob = await server.connect('bob');
      await server.connect('alice');
      for (let i = 0; i < 3; i++) await bob.text('p2p-alice', `${i}`);
      const whole = await TcpProxy.start(server.port);
      const client = clientOn(whole);
      client.connect();
      await until(client, () => client.conversation('p2p-bob')?.lastSeq === 3);
      // The socket is the longer of the two connections, each of which is counted from its own beginning.
      const bytes = whole.bytes(direction);
      await client.close();
      await whole.close();
      assert.ok(bytes > 300, `only ${bytes} bytes`);
      let next = 0;
      const one = async (): Promise<void> => {
        while (next < bytes) await comesThrough(server.port, direction, next++);
      };
      await Promise.all(Array.from({ length: atOnce }, one));
      t.diagnostic(`${bytes} bytes`);
    });
});
