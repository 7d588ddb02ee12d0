import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOf } from './simulation/fault-names.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const simulation = 'faults/simulation';

/** Files → numbers in the titles of their tests: `it('F4, F5: …')`. */
function titles(): Map<string, Set<string>> {
  const found = new Map([[simulation, new Set<string>(Object.values(faultsOf).flat())]]);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.test.ts')) continue;
    const source = readFileSync(join(root, name), 'utf8');
    const numbers = [...source.matchAll(/\b(?:it|describe)\(\s*[`'"]((?:F\d+(?:, )?)+):/g)].flatMap(([, list]) =>
      list!.split(', '),
    );
    found.set(name, new Set(numbers));
  }
  return found;
}

type Row = { readonly fault: string; readonly files: readonly string[]; readonly later: boolean };

function rows(): Row[] {
  const list = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  return [...list.matchAll(/^\| (F\d+) +\|[^|]*\|([^|]*)\|$/gm)].map(([, fault, holders]) => ({
    fault: fault!,
    files: [...holders!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!),
    later: holders!.includes('later:'),
  }));
}

describe('the list of faults', () => {
  it('has every row, once', () => {
    assert.deepEqual(
      rows().map(({ fault }) => fault),
      Array.from({ length: 51 }, (_, i) => `F${i + 1}`),
    );
  });

  it('names files that hold what it says', () => {
    const held = titles();
    for (const { fault, files } of rows())
      for (const file of files) assert.ok(held.get(file)?.has(fault), `${file} has no test of ${fault}`);
  });

  it('has what every title says', () => {
    const known = new Map(rows().map((row) => [row.fault, row]));
    for (const [file, numbers] of titles())
      for (const fault of numbers) {
        const row = known.get(fault);
        assert.ok(row, `${file} has a test of ${fault}, which is not in the list`);
        assert.ok(
          row.files.length > 0 || !row.later,
          `${file} has a test of ${fault}, which the list leaves for later`,
        );
      }
  });
});
