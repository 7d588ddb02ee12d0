import type { Sql, SqlValue } from './driver.js';

/** The keys of accounts. @throws where one of them does not exist */
export async function idsOf(sql: Sql, accounts: readonly string[]): Promise<Map<string, number>> {
  const rows = await queryIn<{ id: number; account: string }>(
    sql,
    'SELECT id, account FROM im_account WHERE account IN ({list})',
    accounts,
  );
  const ids = new Map(rows.map((row) => [row.account, row.id]));
  for (const account of accounts) if (!ids.has(account)) throw new Error(`there is no account ${account}`);
  return ids;
}

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
