import type { Dialect, Driver } from './driver.js';
import { groupTables } from './groups/schema.js';
import { StorageOpenError } from './storage.js';

/**
 * Append-only: a released step is never edited, and the length is the schema's version. `{int}`, `{key}` and `{end}` stand for the dialect's words, `{search}` for its search tables.
 *
 * `im_message` has no foreign keys and no key of its own: it is written far more often than anything else, and only by `append` and `act`.
 * Nothing here is written per member when a message is stored.
 */
const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE im_account (
      id {key},
      account text NOT NULL UNIQUE,
      name text NOT NULL,
      icon text NOT NULL,
      token_hash text NOT NULL,
      extra text NOT NULL,
      disabled {int} NOT NULL,
      tokens_valid_from {int} NOT NULL,
      u {int} NOT NULL,
      create_time {int} NOT NULL
    ){end}`,
    // direct_low and direct_high: a one-to-one conversation's accounts, lower id first; null for a group.
    `CREATE TABLE im_conversation (
      id {key},
      scene text NOT NULL,
      direct_low {int} REFERENCES im_account (id),
      direct_high {int} REFERENCES im_account (id),
      seq {int} NOT NULL,
      n {int} NOT NULL,
      update_time {int} NOT NULL,
      UNIQUE (direct_low, direct_high)
    ){end}`,
    `CREATE TABLE im_member (
      account {int} NOT NULL REFERENCES im_account (id),
      conversation {int} NOT NULL REFERENCES im_conversation (id),
      read_seq {int} NOT NULL,
      pinned {int} NOT NULL,
      muted {int} NOT NULL,
      custom text NOT NULL,
      u {int} NOT NULL,
      PRIMARY KEY (account, conversation)
    ){end}`,
    `CREATE INDEX im_member_conversation ON im_member (conversation, account)`,
    `CREATE TABLE im_message (
      conversation {int} NOT NULL,
      seq {int} NOT NULL,
      n {int} NOT NULL,
      sender {int} NOT NULL,
      id text NOT NULL,
      id_client text NOT NULL,
      type text NOT NULL,
      body text NOT NULL,
      fingerprint text NOT NULL,
      time {int} NOT NULL,
      PRIMARY KEY (conversation, seq),
      UNIQUE (sender, id_client)
    ){end}`,
  ],
  // Files. kind, mime and ext are what the bytes say, empty until they are all there; done_time: when they were.
  [
    `CREATE TABLE im_file (
      id text PRIMARY KEY,
      owner {int} NOT NULL REFERENCES im_account (id),
      name text NOT NULL,
      size {int} NOT NULL,
      state text NOT NULL,
      kind text NOT NULL,
      mime text NOT NULL,
      ext text NOT NULL,
      w {int},
      h {int},
      create_time {int} NOT NULL,
      done_time {int} NOT NULL
    ){end}`,
    `CREATE INDEX im_file_owner ON im_file (owner, create_time)`,
    `CREATE INDEX im_file_state ON im_file (state, create_time)`,
    `CREATE TABLE im_file_use (
      file text NOT NULL,
      conversation {int} NOT NULL,
      PRIMARY KEY (file, conversation)
    ){end}`,
  ],
  [
    // hidden_n: one more than the conversation's n when it was put away; what is said later brings it back, with no write.
    `ALTER TABLE im_member ADD COLUMN hidden_n {int} NOT NULL DEFAULT 0`,
    `ALTER TABLE im_member ADD COLUMN marked_unread {int} NOT NULL DEFAULT 0`,
    // How far the search index has followed each log.
    `CREATE TABLE im_indexed (conversation {int} NOT NULL PRIMARY KEY, seq {int} NOT NULL){end}`,
    '{search}',
    // Of no use to the other messages, and of no cost to them.
    `CREATE INDEX im_message_file ON im_message (conversation, seq) WHERE type IN ('image', 'video', 'audio', 'file')`,
  ],
  groupTables,
  [
    // The newest row of the log may be an action; lists show the newest message.
    `ALTER TABLE im_conversation ADD COLUMN last_message {int} NOT NULL DEFAULT 0`,
    `UPDATE im_conversation SET last_message = seq`,
    `CREATE TABLE im_edit (
      conversation {int} NOT NULL,
      target {int} NOT NULL,
      seq {int} NOT NULL,
      content text NOT NULL,
      time {int} NOT NULL,
      PRIMARY KEY (conversation, target, seq)
    ){end}`,
    // seq: of the action that pinned it.
    `CREATE TABLE im_pin (
      conversation {int} NOT NULL,
      target {int} NOT NULL,
      seq {int} NOT NULL,
      PRIMARY KEY (conversation, target)
    ){end}`,
    `CREATE TABLE im_hidden (
      account {int} NOT NULL REFERENCES im_account (id),
      conversation {int} NOT NULL,
      seq {int} NOT NULL,
      u {int} NOT NULL,
      PRIMARY KEY (account, conversation, seq)
    ){end}`,
    `CREATE INDEX im_hidden_u ON im_hidden (account, u)`,
    // For the operator: what was reported, by whom, and what it said then.
    `CREATE TABLE im_report (
      conversation {int} NOT NULL,
      seq {int} NOT NULL,
      account {int} NOT NULL REFERENCES im_account (id),
      reason text NOT NULL,
      body text NOT NULL,
      time {int} NOT NULL,
      PRIMARY KEY (conversation, seq, account)
    ){end}`,
  ],
];

/**
 * Brings the database to this program's schema, whatever number of nodes try at once, and gives its epoch.
 * @throws {StorageOpenError} when a later version of this program has written the schema.
 */
export async function migrate(driver: Driver, newEpoch: () => string): Promise<string> {
  return driver.transaction(async (sql) => {
    const { lockSchema } = driver.dialect;
    if (lockSchema !== undefined) await sql.query(lockSchema);
    await sql.query('CREATE TABLE IF NOT EXISTS im_meta (name text PRIMARY KEY, value text NOT NULL)');
    const meta = new Map(
      (await sql.query<{ name: string; value: string }>('SELECT name, value FROM im_meta')).map((row) => [
        row.name,
        row.value,
      ]),
    );
    const put = (name: string, value: string) =>
      sql.query(
        'INSERT INTO im_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        [name, value],
      );

    const version = Number(meta.get('version') ?? 0);
    if (version > migrations.length) throw tooNew(version);
    for (const step of migrations.slice(version))
      for (const statement of step.flatMap((each) => (each === '{search}' ? driver.dialect.search.schema : each)))
        await sql.query(inDialect(statement, driver.dialect));
    if (version < migrations.length) await put('version', String(migrations.length));

    const epoch = meta.get('epoch') ?? newEpoch();
    if (!meta.has('epoch')) await put('epoch', epoch);
    return epoch;
  });
}

function tooNew(version: number): StorageOpenError {
  return new StorageOpenError(
    `the store has schema ${version}, this program knows ${migrations.length}: start the newer im-elements that wrote it, or restore a backup made before`,
  );
}

function inDialect(statement: string, dialect: Dialect): string {
  return statement
    .replaceAll('{key}', dialect.key)
    .replaceAll('{int}', dialect.int)
    .replaceAll('{end}', dialect.tableEnd);
}
