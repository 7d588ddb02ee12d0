import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageOpenError } from '../storage.js';
import { isLocked, openFile } from './database.js';

/** Long enough for a server that is just stopping to let go. */
const waitMs = 1_000;

/**
 * Makes this process the only one to serve from `dataDir`, until the returned function is called or the process ends, however it ends:
 * the lock is the operating system's on an open file, so a file left behind by a dead process locks nothing. It is not the
 * store's own file, which a backup may read from another process.
 * @throws {StorageOpenError} when another process has it.
 */
export function lockDirectory(dataDir: string): () => void {
  const pidFile = join(dataDir, 'im.pid');
  const lock = openFile(join(dataDir, 'im.lock'));
  try {
    lock.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    throw new StorageOpenError(
      `DATA_DIR ${dataDir} is in use by process ${holder(pidFile)}: stop that one, or give this one a DATA_DIR of its own`,
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => {
    rmSync(pidFile, { force: true });
    lock.close();
  };
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}
