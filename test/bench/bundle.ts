import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { figure, printTable } from './table.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** What the scripts weigh; the budget is kept by test/tools/size.mjs. */
export function benchBundle(): Promise<void> {
  const chunks = readdirSync(`${dist}chunks`).filter((name) => name.endsWith('.js'));
  const rows = ['im-elements.js', 'im-elements.iife.js', ...chunks.map((name) => `chunks/${name}`)].map((name) => {
    const bytes = readFileSync(dist + name);
    return [
      name,
      ...[bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map((b) => figure(b.length / 1024)),
    ];
  });
  printTable('Scripts', ['file', 'KiB', 'gzip', 'brotli'], rows);
  return Promise.resolve();
}
