import type { Driver, Sql, SqlValue } from './driver.js';
import { queryIn } from './in-list.js';
import { AccountExistsError, type AccountChange, type AccountRow, type NewAccount } from './storage.js';

type Stored = {
  account: string;
  name: string;
  icon: string;
  token_hash: string;
  extra: string;
  disabled: number;
  tokens_valid_from: number;
  u: number;
  create_time: number;
  notices_read: number;
  notices_u: number;
};

const columns =
  'account, name, icon, token_hash, extra, disabled, tokens_valid_from, u, create_time, notices_read, notices_u';

export async function createAccount(driver: Driver, account: NewAccount, now: number): Promise<AccountRow> {
  const made = await insert(driver, account, now);
  if (!made) throw new AccountExistsError(`the account ${account.account} exists already`);
  return made;
}

export async function ensureAccount(driver: Driver, account: string, now: number): Promise<AccountRow> {
  const row =
    (await find(driver, account)) ?? (await insert(driver, { account }, now)) ?? (await find(driver, account));
  if (!row) throw new Error(`the account ${account} vanished while it was made`);
  return row;
}

export async function find(sql: Sql, account: string): Promise<AccountRow | undefined> {
  const [row] = await sql.query<Stored>(`SELECT ${columns} FROM im_account WHERE account = ?`, [account]);
  return row && toAccount(row);
}

export async function findAll(sql: Sql, accounts: readonly string[]): Promise<AccountRow[]> {
  const rows = await queryIn<Stored>(sql, `SELECT ${columns} FROM im_account WHERE account IN ({list})`, accounts);
  return rows.map(toAccount);
}

const changeable = [
  ['name', 'name'],
  ['icon', 'icon'],
  ['tokenHash', 'token_hash'],
  ['extra', 'extra'],
  ['disabled', 'disabled'],
  ['tokensValidFrom', 'tokens_valid_from'],
] as const;

export async function updateAccount(sql: Sql, account: string, change: AccountChange): Promise<boolean> {
  const sets: string[] = [];
  const values: SqlValue[] = [];
  for (const [field, column] of changeable) {
    const value = change[field];
    if (value === undefined) continue;
    sets.push(`${column} = ?`);
    values.push(typeof value === 'boolean' ? Number(value) : value);
  }
  if (sets.length === 0) return (await find(sql, account)) !== undefined;
  const rows = await sql.query(`UPDATE im_account SET ${sets.join(', ')} WHERE account = ? RETURNING account`, [
    ...values,
    account,
  ]);
  return rows.length === 1;
}

async function insert(sql: Sql, account: NewAccount, now: number): Promise<AccountRow | undefined> {
  const { name = '', icon = '', tokenHash = '', extra = '' } = account;
  const [row] = await sql.query<Stored>(
    `INSERT INTO im_account (${columns}) VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, 0, 0) ON CONFLICT (account) DO NOTHING RETURNING ${columns}`,
    [account.account, name, icon, tokenHash, extra, now],
  );
  return row && toAccount(row);
}

function toAccount(row: Stored): AccountRow {
  const { account, name, icon, extra, u } = row;
  return {
    account,
    name,
    icon,
    extra,
    u,
    tokenHash: row.token_hash,
    disabled: row.disabled !== 0,
    tokensValidFrom: row.tokens_valid_from,
    createTime: row.create_time,
    ...(row.notices_u > 0 && { notices: { read: row.notices_read, u: row.notices_u } }),
  };
}
