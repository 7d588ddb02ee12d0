import assert from 'node:assert/strict';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { backupDirectory } from '../../src/server/storage/sqlite/backup.js';
import { openFile } from '../../src/server/storage/sqlite/database.js';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { randomOf } from '../helpers/random-of.js';
import { check, type Log, type LogRow, type Verdict } from './check.js';
import { FaultServer, type FaultServerOptions } from './helpers/fault-server.js';
import { pairs, People } from './helpers/people.js';
import { readLog } from './helpers/read-log.js';

/** A server with people who write through it. */
async function start(t: TestContext, options: FaultServerOptions): Promise<{ server: FaultServer; people: People }> {
  const server = await FaultServer.start(options);
  const people = new People(server.url, randomOf(1));
  t.after(async () => {
    await people.close();
    await server.kill();
  });
  await people.connect();
  people.write();
  return { server, people };
}

/** Until so many more are acked. */
async function progress(people: People, count: number): Promise<void> {
  const goal = people.acked + count;
  while (people.acked < goal) await pause(20);
}

/** Everybody comes to rest; then all is compared. */
async function verdictOf(people: People, server: FaultServer, dataDir: string): Promise<Verdict> {
  await people.rest();
  const views = await people.views();
  await people.close();
  await server.kill();
  return check({ sends: people.history.sends, log: await readLog({ dataDir }, pairs), views });
}

const rowsOf = ({ conversations }: Log): LogRow[] => [...conversations.values()].flat();

describe('a server that stands still', () => {
  it('F48: is left by everybody, and what it finds in old sockets when it goes on is stored once', async (t) => {
    const dataDir = join(await temporaryDirectory(t), 'data');
    const tuning = { heartbeatMs: 400, silenceMs: 400, tickMs: 50 };
    const { server, people } = await start(t, { dataDir, tuning });
    for (let stop = 0; stop < 5; stop++) {
      await progress(people, 50);
      server.signal('SIGSTOP');
      await people.alone();
      server.signal('SIGCONT');
      await people.converged();
    }
    const { findings } = await verdictOf(people, server, dataDir);
    assert.deepEqual(findings, []);
  });
});

describe('a server that comes back with an older history', () => {
  it('F28: gets from the clients what it had acked since its backup, once', async (t) => {
    const directory = await temporaryDirectory(t);
    const [dataDir, backup] = [join(directory, 'data'), join(directory, 'backup.sqlite')];
    const { server, people } = await start(t, { dataDir });
    await progress(people, 150);
    backupDirectory(dataDir, backup);
    await progress(people, 150);
    await people.rest();
    await people.converged();
    const { port } = server;
    await server.kill();
    const restored = join(directory, 'restored');
    await mkdir(restored);
    await rename(backup, join(restored, 'im.sqlite'));
    const kept = rowsOf(await readLog({ dataDir: restored }, pairs)).length;
    const again = await FaultServer.start({ dataDir: restored, port, metricsPort: 0 });
    t.after(() => again.kill());
    const missing = people.history.sends.length - kept;
    assert.ok(missing >= 100, `only ${missing} messages are newer than the backup`);
    while ((await again.metric('im_messages_total{dup="false"}')) < missing) await pause(20);
    const views = await people.views();
    await people.close();
    await again.kill();
    // Another history: what was acked may stand at another place, once.
    const log = { ...(await readLog({ dataDir: restored }, pairs)), epoch: 'the restored one' };
    const { lost, doubled, findings } = check({ sends: people.history.sends, log, views });
    assert.deepEqual([lost, doubled, findings], [0, 0, []]);
  });
});

describe('a store without its uniqueness', () => {
  it('F7: stores twice what is offered twice, and the checker sees it', async (t) => {
    const dataDir = join(await temporaryDirectory(t), 'data');
    await (await FaultServer.start({ dataDir })).kill();
    // Each row's id is changed as soon as it is stored: no look-up finds it, and no two are the same.
    const db = openFile(join(dataDir, 'im.sqlite'));
    db.exec(`CREATE TRIGGER hide AFTER INSERT ON im_message BEGIN
      UPDATE im_message SET id_client = NEW.seq || '~' || NEW.id_client
      WHERE conversation = NEW.conversation AND seq = NEW.seq; END`);
    db.close();
    const { server, people } = await start(t, {
      dataDir,
      failpoints: [{ at: 'after-commit', nth: 100, action: 'kill' }],
    });
    await server.ended;
    const again = await FaultServer.start({ dataDir, port: server.port });
    t.after(() => again.kill());
    await people.converged();
    await people.close();
    await again.kill();
    const log = await readLog({ dataDir }, pairs);
    const shown = [...log.conversations].map(
      ([key, rows]) => [key, rows.map((row) => ({ ...row, idClient: row.idClient.replace(/^\d+~/, '') }))] as const,
    );
    const { doubled } = check({ sends: people.history.sends, log: { conversations: new Map(shown) }, views: [] });
    assert.ok(doubled > 0, 'nothing is doubled');
  });
});
