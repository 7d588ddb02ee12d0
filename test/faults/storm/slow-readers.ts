import { WebSocket } from 'ws';
import { ChatClient } from '../../../src/client/chat-client.js';
import { until } from '../../client/helpers/until.js';
import { Jwt } from '../../../src/server/auth/jwt.js';
import { testApp } from '../../helpers/chat-server.js';
import { WireClient } from '../../helpers/wire-client.js';
import { caughtUp } from '../helpers/catch-up.js';
import { FaultServer } from '../helpers/fault-server.js';
import { Mint } from './mint.js';

export type SlowReport = {
  readonly cut: number;
  /** Messages that each of them had to get. */
  readonly messages: number;
  readonly peakMiB: number;
};

/** Characters of three bytes each: a message of 15 KB. */
const content = '你'.repeat(5_000);
const atOnce = 40;
const unlimited = { perSecond: 1e6, burst: 1e6 };

/**
 * People who stop reading while somebody writes to each of them without pause, until the server has cut them all off; then they read again,
 * come back by cursor, and have everything.
 */
export async function slowReaders(count: number, dataDir: string): Promise<SlowReport> {
  const mint = await Mint.start();
  // One machine plays all the writers.
  const tuning = { frames: unlimited, sendsPerConnection: unlimited, sendsPerAccount: unlimited };
  const server = await FaultServer.start({ dataDir, metricsPort: 0, tuning });
  const sockets = new Set<WebSocket>();
  class PausedSocket extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.add(this);
    }
  }
  const readers = Array.from(
    { length: count },
    (_, i) =>
      new ChatClient({
        ...{ server: server.url, account: `reader-${i}`, tokenUrl: mint.url, cache: 'memory' },
        WebSocket: PausedSocket,
      }),
  );
  try {
    for (const reader of readers) {
      reader.connect();
      await until(reader, () => reader.connection.state === 'connected');
    }
    const writers = await Promise.all(readers.map((_, i) => connectWriter(server.url, i)));
    await Promise.all(readers.map((reader, i) => reader.openTimeline(`p2p-writer-${i}`)));
    for (const socket of sockets) socket.pause();
    let messages = 0;
    while ((await server.metric('im_closed_total{code="4408"}')) < count) {
      await Promise.all(writers.map((writer, i) => write(writer, `p2p-reader-${i}`)));
      messages += atOnce;
    }
    for (const socket of sockets) socket.resume();
    await Promise.all(readers.map((reader, i) => caughtUp(reader, `p2p-writer-${i}`, messages)));
    return { cut: count, messages, peakMiB: await server.peakMiB() };
  } finally {
    await Promise.all(readers.map((client) => client.close()));
    await server.kill();
    await mint.close();
  }
}

async function connectWriter(url: string, i: number): Promise<WireClient> {
  const account = `writer-${i}`;
  const writer = await WireClient.open(url);
  await writer.greet({ account, token: await new Jwt(testApp.secret, () => Date.now()).sign(account, 600) });
  return writer;
}

async function write(writer: WireClient, cid: string): Promise<void> {
  const acks = Array.from({ length: atOnce }, () => writer.text(cid, content));
  for (const ack of await Promise.all(acks)) if (ack.t !== 'ack') throw new Error(ack.message);
}
