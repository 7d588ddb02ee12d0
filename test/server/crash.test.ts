import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Jwt } from '../../src/server/auth/jwt.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import type { ServerFrameOf } from '../../src/protocol/frames.js';
import { temporaryDirectory, testApp } from '../helpers/chat-server.js';
import { ServerProcess } from '../helpers/server-process.js';
import { WireClient } from '../helpers/wire-client.js';

const env = { IM_APP_KEY: testApp.key, IM_APP_SECRET: testApp.secret };
const pairs = 5;

async function connect(server: ServerProcess, account: string): Promise<WireClient> {
  const client = await WireClient.open(server.url);
  const token = await new Jwt(testApp.secret, () => Date.now()).sign(account, 600);
  await client.greet({ account, token });
  return client;
}

/** Frames that one writer has under way at once. */
const inFlight = 8;

/** Writes to the reader of the same number until the connection ends; gives what was sent. */
async function write(writer: WireClient, i: number): Promise<string[]> {
  const sent: string[] = [];
  const next = (): void => {
    const idClient = `message-${i}-${sent.length}`;
    sent.push(idClient);
    writer.send({ t: 'send', idClient, cid: `p2p-reader-${i}`, type: 'text', content: `${sent.length}` });
  };
  for (let k = 0; k < inFlight; k++) next();
  try {
    for (;;) {
      await writer.expectAny(['ack', 'nack']);
      if (writer.socket.readyState === writer.socket.OPEN) next();
    }
  } catch {
    return sent;
  }
}

/** People who write without pause, until their connections end. Resolves when a hundred messages are through. */
async function load(server: ServerProcess) {
  const writers = await Promise.all(Array.from({ length: pairs }, (_, i) => connect(server, `writer-${i}`)));
  const readers = await Promise.all(Array.from({ length: pairs }, (_, i) => connect(server, `reader-${i}`)));
  const writing = Promise.all(writers.map(write));
  for (let i = 0; i < 20; i++) await Promise.all(readers.map((reader) => reader.expect('event')));
  return {
    writers,
    readers,
    /** What was sent, and what of it was acked. */
    async end() {
      const sent = (await writing).flat();
      return { sent, acks: writers.flatMap((writer) => writer.all.filter((frame) => frame.t === 'ack')) };
    },
  };
}

/** Every acked message is in the store once, under the acked id and number, and the numbers have no hole. */
async function checkStore(dataDir: string, acks: readonly ServerFrameOf<'ack'>[]): Promise<void> {
  const storage = await openStorage({ dataDir });
  try {
    const stored = new Map<string, string>();
    for (let i = 0; i < pairs; i++) {
      const { id, seq } = (await storage.findDirect(`writer-${i}`, `reader-${i}`))!;
      const rows = await storage.messages(id, 1, seq + 100);
      assert.deepEqual(
        rows.map((row) => row.seq),
        Array.from({ length: seq }, (_, at) => at + 1),
      );
      assert.equal(new Set(rows.map((row) => row.idClient)).size, rows.length);
      for (const row of rows) stored.set(row.idClient, `${row.id} ${row.seq}`);
    }
    for (const ack of acks) assert.equal(stored.get(ack.idClient), `${ack.id} ${ack.seq}`, ack.idClient);
  } finally {
    await storage.close();
  }
}

describe('a server under load', () => {
  it('that is told to stop says goodbye to everybody and loses no acked message', async (t) => {
    const dataDir = await temporaryDirectory(t);
    const server = await ServerProcess.start(t, ['serve'], { ...env, DATA_DIR: dataDir });
    const { writers, readers, end } = await load(server);
    server.signal('SIGTERM');
    const byes = await Promise.all([...writers, ...readers].map((client) => client.expect('bye')));
    assert.ok(byes.every(({ code, afterMs }) => code === 1012 && afterMs! > 0));
    assert.equal(new Set(byes.map(({ afterMs }) => afterMs)).size, byes.length, 'each comes back at another time');
    const { acks } = await end();
    assert.equal((await server.ended()).code, 0);
    assert.ok(acks.length >= 100);
    await checkStore(dataDir, acks);
    // What was taken in before the signal was answered before the goodbye, with an ack or with word to send it again.
    for (const writer of writers) {
      const answered = new Set(
        writer.all.flatMap((frame) => (frame.t === 'ack' || frame.t === 'nack' ? [frame.idClient] : [])),
      );
      const last = writer.all.findLast((frame) => frame.t === 'ack')!;
      assert.ok(answered.size > 0 && writer.all.indexOf(last) < writer.all.findIndex((frame) => frame.t === 'bye'));
      for (const frame of writer.all) if (frame.t === 'nack') assert.ok(frame.retry && frame.code === 503);
    }
  });

  it('F26: that is killed loses no acked message; what was not acked is stored once when it is sent again', async (t) => {
    const dataDir = await temporaryDirectory(t);
    for (let round = 0; round < 2; round++) {
      const directory = `${dataDir}/${round}`;
      const server = await ServerProcess.start(t, ['serve'], { ...env, DATA_DIR: directory });
      const { end } = await load(server);
      server.signal('SIGKILL');
      const { sent, acks } = await end();
      await checkStore(directory, acks);
      const again = await ServerProcess.start(t, ['serve'], { ...env, DATA_DIR: directory });
      acks.push(...(await resendAll(again, sent)));
      again.signal('SIGTERM');
      assert.equal((await again.ended()).code, 0);
      assert.equal(new Set(acks.map(({ idClient }) => idClient)).size, sent.length);
      await checkStore(directory, acks);
    }
  });
});

/** Sends all of it again as a client would: one conversation's in their order, waiting where it is told to. */
async function resendAll(server: ServerProcess, sent: readonly string[]): Promise<ServerFrameOf<'ack'>[]> {
  const acks: ServerFrameOf<'ack'>[] = [];
  for (let i = 0; i < pairs; i++) {
    const writer = await connect(server, `writer-${i}`);
    for (const idClient of sent.filter((id) => id.startsWith(`message-${i}-`))) {
      const content = String(Number(idClient.split('-')[2]) + 1);
      acks.push(await ackOf(writer, `p2p-reader-${i}`, content, idClient));
    }
  }
  return acks;
}

/** The ack, also where the server asks to wait first. */
async function ackOf(
  writer: WireClient,
  cid: string,
  content: string,
  idClient: string,
): Promise<ServerFrameOf<'ack'>> {
  for (;;) {
    const answer = await writer.text(cid, content, idClient);
    if (answer.t === 'ack') return answer;
    assert.equal(answer.code, 416, answer.message);
    await delay(answer.afterMs);
  }
}

/** A file size limit stands in for a full disk: the kernel refuses the write in both cases. */
const fullDisk = (blocks: number): string => `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`;

describe('a full disk', () => {
  it('F26: fails sends with word to try again; reading goes on and the process stays up', async (t: TestContext) => {
    const DATA_DIR = await temporaryDirectory(t);
    const server = await ServerProcess.start(t, ['serve'], { ...env, DATA_DIR }, fullDisk(1_024));
    const alice = await connect(server, 'alice');
    await connect(server, 'bob');
    let stored = 0;
    for (;;) {
      const answer = await alice.text('p2p-bob', 'x'.repeat(5_000));
      if (answer.t === 'ack') stored = answer.seq;
      else if (answer.code !== 416) {
        assert.deepEqual([answer.code, answer.retry, answer.afterMs! > 0], [503, true, true], answer.message);
        break;
      }
      assert.ok(stored < 2_000, 'the limit counts for nothing');
    }
    alice.send({ t: 'get', r: 1, cid: 'p2p-bob', limit: 10 });
    assert.equal((await alice.expect('page')).head, stored);
    const late = await connect(server, 'bob');
    assert.equal((await late.text('p2p-alice', 'x'.repeat(5_000))).t, 'nack');
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });
});
