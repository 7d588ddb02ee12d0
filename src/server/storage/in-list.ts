import type { Sql, SqlValue } from './driver.js';

const largest = 256;

/**
 * Runs `text`, whose `{list}` stands for an IN list, over any number of values. Lists are filled up to a few lengths with their
 * last value, so that a handful of prepared statements serve all.
 */
export async function queryIn<Row>(sql: Sql, text: string, values: readonly SqlValue[]): Promise<Row[]> {
  const rows: Row[] = [];
  const distinct = [...new Set(values)];
  for (let start = 0; start < distinct.length; start += largest) {
    const chunk = distinct.slice(start, start + largest);
    const length = chunk.length <= 4 ? 4 : chunk.length <= 32 ? 32 : largest;
    const padded = Array.from({ length }, (_, i) => chunk[Math.min(i, chunk.length - 1)]!);
    rows.push(...(await sql.query<Row>(text.replace('{list}', padded.map(() => '?').join(', ')), padded)));
  }
  return rows;
}
