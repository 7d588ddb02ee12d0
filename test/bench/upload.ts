import { randomBytes } from 'node:crypto';
import { ChatClient } from 'im-elements/client';
import { Upload } from 'tus-js-client';
import { WebSocket } from 'ws';
import { token } from './app.js';
import { ChildServer } from './child-server.js';
import { interleaved, median } from './statistics.js';
import { figure, printTable, ratio } from './table.js';

const mib = 1024 * 1024;
const rounds = 5;

/** Files sent from one person to another, beside a bare tus client and a bare tus server on the same disk. */
export async function benchUpload(): Promise<void> {
  const [ours, floor] = [await ChildServer.start('im-server'), await ChildServer.start('tus-server')];
  try {
    const client = await connect(ours, 'alice');
    await connect(ours, 'bob');
    for (const size of [1, 64]) {
      const bytes = randomBytes(size * mib);
      // What a person picks is a Blob already.
      const file = new Blob([bytes]);
      const rates = await interleaved(['ours', 'bare'] as const, rounds, async (variant) => {
        const start = performance.now();
        if (variant === 'ours') await sendFile(client, file);
        else await bareUpload(floor.port, bytes);
        return size / ((performance.now() - start) / 1000);
      });
      const [mine, bare] = [median(rates.get('ours')!), median(rates.get('bare')!)];
      printTable(
        `Upload: a file of ${size} MiB, from the call to the stored message (median of ${rounds})`,
        ['', 'MiB/s'],
        [
          ['im-elements', ratio(mine, bare)],
          ['bare tus client and server', figure(bare)],
        ],
      );
    }
    await client.close();
  } finally {
    await Promise.all([ours.stop(), floor.stop()]);
  }
}

async function connect(server: ChildServer, account: string): Promise<ChatClient> {
  const url = `http://127.0.0.1:${server.port}`;
  const client = new ChatClient({ server: url, account, getToken: token, cache: 'memory', WebSocket });
  client.connect();
  await new Promise<void>((resolve) => client.on('connection', ({ state }) => state === 'connected' && resolve()));
  return client;
}

async function sendFile(client: ChatClient, file: Blob): Promise<void> {
  const stored = new Promise<void>((resolve) => {
    const off = client.on('send', () => {
      off();
      resolve();
    });
  });
  await client.sendFile('p2p-bob', file, { type: 'file', name: 'x.bin' });
  await stored;
}

function bareUpload(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    new Upload(bytes, {
      endpoint: `http://127.0.0.1:${port}/files`,
      retryDelays: null,
      onSuccess: () => resolve(),
      onError: reject,
    }).start(),
  );
}
