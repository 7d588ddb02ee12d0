import type { Driver, Sql } from './driver.js';
import { queryIn } from './in-list.js';
import type { FileBounds, FileRow, FoundFile, NewFile } from './storage.js';

type Stored = Omit<FileRow, 'w' | 'h' | 'createTime'> & { w: number | null; h: number | null; create_time: number };

const columns = 'f.id, o.account AS owner, f.name, f.size, f.state, f.kind, f.mime, f.ext, f.w, f.h, f.create_time';
const files = 'im_file f JOIN im_account o ON o.id = f.owner';

/** Whether a conversation that the account is a member of uses the file `f`. */
const isShared = `EXISTS (
  SELECT 1 FROM im_file_use u JOIN im_member m ON m.conversation = u.conversation JOIN im_account a ON a.id = m.account
  WHERE u.file = f.id AND a.account = ?)`;

export async function beginFile(
  driver: Driver,
  { id, owner, name, size, time }: NewFile,
  { unfinished, bytes, since }: FileBounds,
): Promise<'ok' | 'unfinished' | 'bytes'> {
  return driver.transaction(async (sql) => {
    // The account's row is held, so that uploads that begin at once are counted one after the other.
    const [account] = await sql.query<{ id: number }>(
      `SELECT a.id FROM im_account a WHERE a.account = ? ${driver.dialect.lockRows('a')}`,
      [owner],
    );
    if (!account) throw new Error(`there is no account ${owner}`);
    const [open] = await sql.query<{ n: number }>(
      `SELECT count(*) AS n FROM im_file WHERE owner = ? AND state = 'uploading'`,
      [account.id],
    );
    if (open!.n >= unfinished) return 'unfinished';
    const [sum] = await sql.query<{ n: number }>(
      'SELECT CAST(coalesce(sum(size), 0) AS bigint) AS n FROM im_file WHERE owner = ? AND create_time > ?',
      [account.id, since],
    );
    if (sum!.n + size > bytes) return 'bytes';
    await sql.query(
      `INSERT INTO im_file (id, owner, name, size, state, kind, mime, ext, create_time, done_time)
       VALUES (?, ?, ?, ?, 'uploading', '', '', '', ?, 0)`,
      [id, account.id, name, size, time],
    );
    return 'ok';
  });
}

export async function file(sql: Sql, id: string): Promise<FileRow | undefined> {
  const [row] = await sql.query<Stored>(`SELECT ${columns} FROM ${files} WHERE f.id = ?`, [id]);
  return row && toFile(row);
}

export async function finishFile(sql: Sql, id: string, found: FoundFile, time: number): Promise<void> {
  const { kind, mime, ext, w = null, h = null } = found;
  await sql.query(
    `UPDATE im_file SET state = 'ready', kind = ?, mime = ?, ext = ?, w = ?, h = ?, done_time = ?
     WHERE id = ? AND state = 'uploading'`,
    [kind, mime, ext, w, h, time, id],
  );
}

export async function useFiles(
  driver: Driver,
  account: string,
  conversation: number,
  ids: readonly string[],
): Promise<FileRow[] | undefined> {
  return driver.transaction(async (sql) => {
    const rows: FileRow[] = [];
    // One after the other by id, so that two that use the same ones do not wait for each other in a circle.
    for (const id of [...new Set(ids)].sort()) {
      const [row] = await sql.query<Stored>(
        `SELECT ${columns} FROM ${files} WHERE f.id = ? AND f.state = 'ready' AND (o.account = ? OR ${isShared})
         ${driver.dialect.lockRows('f')}`,
        [id, account, account],
      );
      if (!row) return undefined;
      rows.push(toFile(row));
    }
    for (const { id } of rows)
      await sql.query('INSERT INTO im_file_use (file, conversation) VALUES (?, ?) ON CONFLICT DO NOTHING', [
        id,
        conversation,
      ]);
    return rows;
  });
}

export async function readableFiles(
  sql: Sql,
  account: string,
  conversation: number | undefined,
  ids: readonly string[],
): Promise<string[]> {
  const readable = new Set<string>();
  const own = await queryIn<{ id: string; owner: string }>(
    sql,
    `SELECT f.id, o.account AS owner FROM ${files} WHERE f.state = 'ready' AND f.id IN ({list})`,
    ids,
  );
  for (const { id, owner } of own) if (owner === account) readable.add(id);
  const [member] =
    conversation === undefined
      ? []
      : await sql.query(
          `SELECT 1 FROM im_member m JOIN im_account a ON a.id = m.account WHERE a.account = ? AND m.conversation = ?`,
          [account, conversation],
        );
  if (!member) return [...readable];
  const used = await queryIn<{ file: string; conversation: number }>(
    sql,
    'SELECT file, conversation FROM im_file_use WHERE file IN ({list})',
    own.map(({ id }) => id),
  );
  for (const use of used) if (use.conversation === conversation) readable.add(use.file);
  return [...readable];
}

export async function dropFile(sql: Sql, id: string, owner: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE im_file SET state = 'dropped' WHERE id = ? AND owner = (SELECT id FROM im_account WHERE account = ?)
     AND NOT EXISTS (SELECT 1 FROM im_file_use u WHERE u.file = im_file.id) RETURNING id`,
    [id, owner],
  );
  return rows.length === 1;
}

export async function dropOrphans(driver: Driver, before: number, limit: number): Promise<string[]> {
  return driver.transaction(async (sql) => {
    const rows = await sql.query<{ id: string }>(
      `SELECT f.id FROM im_file f WHERE f.state = 'dropped' OR (f.state = 'uploading' AND f.create_time < ?)
         OR (f.state = 'ready' AND f.create_time < ? AND f.done_time < ?
             AND NOT EXISTS (SELECT 1 FROM im_file_use u WHERE u.file = f.id))
       ORDER BY f.id LIMIT ? ${driver.dialect.lockRows('f')}`,
      [before, before, before, limit],
    );
    const dropped: string[] = [];
    for (const { id } of rows) {
      // Looked at again now that it is held: a message may have come to use it meanwhile.
      const [row] = await sql.query<{ id: string }>(
        `UPDATE im_file SET state = 'dropped' WHERE id = ?
         AND NOT EXISTS (SELECT 1 FROM im_file_use u WHERE u.file = im_file.id) RETURNING id`,
        [id],
      );
      if (row) dropped.push(row.id);
    }
    return dropped;
  });
}

export async function forgetFile(sql: Sql, id: string): Promise<void> {
  await sql.query(`DELETE FROM im_file WHERE id = ? AND state = 'dropped'`, [id]);
}

export async function secret(sql: Sql, name: string, made: string): Promise<string> {
  await sql.query('INSERT INTO im_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', [
    `secret-${name}`,
    made,
  ]);
  const [row] = await sql.query<{ value: string }>('SELECT value FROM im_meta WHERE name = ?', [`secret-${name}`]);
  return row!.value;
}

function toFile({ w, h, create_time, ...row }: Stored): FileRow {
  return { ...row, ...(w !== null && { w }), ...(h !== null && { h }), createTime: create_time };
}
