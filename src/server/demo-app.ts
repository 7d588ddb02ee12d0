import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What signs management calls and tokens. */
export type App = { readonly key: string; readonly secret: string };

const demoAppFile = (dataDir: string): string => join(dataDir, 'demo-app.json');

/** The demo's key and secret: made up once and kept, so that a restart does not void every token. */
export async function demoApp(dataDir: string): Promise<{ app: App; made: boolean }> {
  const kept = await keptDemoApp(dataDir);
  if (kept) return { app: kept, made: false };
  const app = { key: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('hex') };
  await mkdir(dataDir, { recursive: true });
  await writeFile(demoAppFile(dataDir), `${JSON.stringify(app)}\n`, { mode: 0o600 });
  return { app, made: true };
}

/** What an earlier demo made up in this directory. */
export async function keptDemoApp(dataDir: string): Promise<App | undefined> {
  try {
    const value = JSON.parse(await readFile(demoAppFile(dataDir), 'utf8')) as Partial<App>;
    return typeof value.key === 'string' && typeof value.secret === 'string'
      ? { key: value.key, secret: value.secret }
      : undefined;
  } catch {
    return undefined;
  }
}
