// The budget: what a page loads before the first paint. Counts what leaves the server gzipped, in KiB.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetKiB = 45;
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

const read = (name) => readFileSync(join(dist, name), 'utf8');
const gzipKiB = (name) => gzipSync(read(name), { level: 9 }).length / 1024;

/** A script and everything that it imports statically, which the browser fetches before it runs. */
function withStaticImports(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, specifier] of read(entry).matchAll(
    /(?:^|[;}])(?:import|export)(?:[^"'`();]*?from)?\s*["'](\.[^"']+)["']/g,
  ))
    withStaticImports(normalize(join(dirname(entry), specifier)), seen);
  return seen;
}

const eager = withStaticImports('im-elements.js');
const lazy = readdirSync(join(dist, 'chunks'))
  .filter((name) => name.endsWith('.js'))
  .map((name) => join('chunks', name))
  .filter((name) => !eager.has(name));

for (const name of [...eager, 'im-elements.iife.js', ...lazy])
  console.log(
    `${gzipKiB(name).toFixed(1).padStart(7)} KiB  ${name}${eager.has(name) ? '' : '  (not before the first paint)'}`,
  );
const total = [...eager].reduce((sum, name) => sum + gzipKiB(name), 0);
console.log(`${total.toFixed(1).padStart(7)} KiB before the first paint, of ${budgetKiB}`);
const passed = total <= budgetKiB;
console.log(passed ? 'size: 1 passed, 0 failed' : 'size: 0 passed, 1 failed');
process.exitCode = passed ? 0 : 1;
