import { ConfigError } from '../config-error.js';
import { dataDirOf } from '../config.js';
import { backupDirectory } from '../storage/sqlite/backup.js';

/** Copies the embedded store of `DATA_DIR` into a new file, also while a server runs on it. */
export function backup(env: NodeJS.ProcessEnv, file: string): void {
  if (env['DATABASE_URL'])
    throw new ConfigError('DATABASE_URL is set, and backup copies the embedded store: use pg_dump for PostgreSQL');
  backupDirectory(dataDirOf(env), file);
  process.stdout.write(`copied to ${file}\n`);
}
