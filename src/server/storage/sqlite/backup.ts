import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName, openFile } from './database.js';

/**
 * Copies the store of `dataDir` into a new file, as it is at one moment, also while another process serves from it. To restore, put the
 * file into an empty directory under the name `im.sqlite`. The copy has no epoch: whoever opens it starts a new history, and
 * clients that know more than it drop what they know.
 * @throws when there is no store, when `file` exists, or when there is no room; then nothing is left behind.
 */
export function backupDirectory(dataDir: string, file: string): void {
  const source = join(dataDir, databaseName);
  if (!existsSync(source)) throw new Error(`there is no store in ${dataDir}`);
  if (existsSync(file)) throw new Error(`${file} exists already: name a new file for the backup`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    execute(source, `VACUUM INTO '${part.replaceAll("'", "''")}'`);
    execute(part, "DELETE FROM im_meta WHERE name = 'epoch'");
    flush(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function execute(file: string, statement: string): void {
  const db = openFile(file);
  try {
    db.exec(`PRAGMA busy_timeout = 5000; ${statement}`);
  } finally {
    db.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
