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
