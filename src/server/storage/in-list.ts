import type { Sql, SqlValue } from './driver.js';

const largest = 256;

/** An IN list's places for up to 256 values, and the values that fill them; few lengths, as below. */
export function inList(values: readonly SqlValue[]): { readonly places: string; readonly filled: SqlValue[] } {
  const filled = padded([...new Set(values)].slice(0, largest));
  return { places: filled.map(() => '?').join(', '), filled };
}

/**
 * Runs `text`, whose `{list}` stands for an IN list, over any number of values. Lists are filled up to a few lengths with their
 * last value, so that a handful of prepared statements serve all.
 */
export async function queryIn<Row>(sql: Sql, text: string, values: readonly SqlValue[]): Promise<Row[]> {
  const rows: Row[] = [];
  const distinct = [...new Set(values)];
  for (let start = 0; start < distinct.length; start += largest) {
    const chunk = distinct.slice(start, start + largest);
    const { places, filled } = inList(chunk);
    rows.push(...(await sql.query<Row>(text.replace('{list}', places), filled)));
  }
  return rows;
}

function padded(chunk: readonly SqlValue[]): SqlValue[] {
  const length = chunk.length <= 4 ? 4 : chunk.length <= 32 ? 32 : largest;
  return Array.from({ length }, (_, i) => chunk[Math.min(i, chunk.length - 1)]!);
}
