// A part of the crowd of a storm: real clients, in a process of their own. Says each quarter of a second how many of them are connected and
// how often they tried.
import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import { until } from '../../client/helpers/until.js';
import { addressOf, type CrowdOrder, type CrowdReport } from './crowd.js';
import { PerSecond } from './per-second.js';

const attempts = new PerSecond();
const sockets = new Set<WebSocket>();
const clients: ChatClient[] = [];

/** The socket of the `n`th, who comes from an address of his or her own. */
const socketOf = (n: number) =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { 'x-forwarded-for': addressOf(n) } });
      attempts.count();
      sockets.add(this);
      this.on('close', () => sockets.delete(this));
    }
  };

async function connect({ server, mint, from, to }: Extract<CrowdOrder, { kind: 'connect' }>): Promise<void> {
  for (let n = from; n < to; n++)
    clients.push(
      new ChatClient({ server, account: `guest-${n}`, tokenUrl: mint, cache: 'memory', WebSocket: socketOf(n) }),
    );
  // Twenty at a time: this is not the storm yet.
  for (let i = 0; i < clients.length; i += 20)
    await Promise.all(
      clients.slice(i, i + 20).map((client) => {
        client.connect();
        return until(client, () => client.connection.state === 'connected');
      }),
    );
}

/** Breaks every connection, as a network that goes does. */
function reset(): void {
  for (const socket of sockets)
    (socket as unknown as { _socket: { resetAndDestroy(): void } })._socket.resetAndDestroy();
}

process.on('message', (order: CrowdOrder) => void (order.kind === 'connect' ? connect(order) : reset()));
process.once('disconnect', () => process.exit());
setInterval(() => {
  const connected = clients.filter(({ connection }) => connection.state === 'connected').length;
  const ended = clients.flatMap(({ connection: c }) =>
    c.state === 'disconnected' && c.retryAt === undefined ? [`${c.code} ${c.reason}`] : [],
  );
  process.send!({ connected, ended, attempts: attempts.take() } satisfies CrowdReport);
}, 250);
