import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FailpointOrder } from '../../failpoints.js';
import type { OpenDatabase } from '../sql-storage.js';
import type { SqlStore } from '../sql-store.js';
import { StorageOpenError } from '../storage.js';
import type { Method } from './calls.js';
import { startWorker } from './start-worker.js';
import { WorkerClient } from './worker-client.js';

const methods = {
  createAccount: true,
  ensureAccount: true,
  account: true,
  accounts: true,
  updateAccount: true,
  findDirect: true,
  ensureDirect: true,
  append: true,
  act: true,
  messages: true,
  picked: true,
  pins: true,
  edits: true,
  hide: true,
  hiddenSince: true,
  report: true,
  acquainted: true,
  view: true,
  views: true,
  markRead: true,
  updateView: true,
  index: true,
  unindexed: true,
  reindex: true,
  search: true,
  contacts: true,
  media: true,
  seqAt: true,
  heads: true,
  beginFile: true,
  file: true,
  finishFile: true,
  useFiles: true,
  readableFiles: true,
  dropFile: true,
  dropOrphans: true,
  forgetFile: true,
  secret: true,
  createGroup: true,
  group: true,
  countGroups: true,
  countOwned: true,
  changeGroup: true,
  groupMembers: true,
  groupMarks: true,
  groupRequest: true,
  addMentions: true,
  notices: true,
  noticeMarks: true,
  readNotices: true,
  check: true,
} as const satisfies Record<Method, true>;

/** @throws {StorageOpenError} */
export async function openSqlite(dataDir: string, failpoints?: readonly FailpointOrder[]): Promise<OpenDatabase> {
  const directory = resolve(dataDir);
  try {
    mkdirSync(directory, { recursive: true });
    const client = await WorkerClient.connect(
      startWorker(new URL('./store-worker.js', import.meta.url), { dataDir: directory, failpoints }),
    );
    const remote = (method: string) => [method, (...args: unknown[]) => client.call(method as Method, args)];
    return {
      epoch: client.epoch,
      store: Object.fromEntries(Object.keys(methods).map(remote)) as SqlStore,
      backup: (file) => backUp(directory, file),
      close: async () => {
        await client.call('close', []);
      },
    };
  } catch (error) {
    if (error instanceof StorageOpenError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageOpenError(
      `DATA_DIR ${directory} cannot be used (${reason}): name a directory that this user may write, with room in it`,
      { cause: error },
    );
  }
}

/** In a thread and on a connection of its own: neither the server nor the store waits for it. */
async function backUp(dataDir: string, file: string): Promise<void> {
  await once(startWorker(new URL('./backup-worker.js', import.meta.url), { dataDir, file }), 'exit');
}
