import { Pool, types, type ClientBase, type PoolConfig } from 'pg';

const connectMs = 5_000;

/** Connections to one database, made when they are needed. */
export function connect(config: PoolConfig): Pool {
  const pool = new Pool({
    ...config,
    connectionTimeoutMillis: connectMs,
    application_name: 'im-elements',
    types: { getTypeParser },
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- its type says void; the pool waits for the promise
    onConnect: prepare,
  });
  pool.on('error', ignore);
  return pool;
}

/**
 * Every statement has its index. Without this, plans made while the tables were empty go through them whole, and are kept until the
 * next ANALYZE: appending was half as fast. A relative of PostgreSQL's that does not know the setting does without.
 */
async function prepare(client: ClientBase): Promise<void> {
  client.on('error', ignore);
  await client.query('SET enable_seqscan = off').catch(ignore);
}

/** A connection that breaks between two statements concerns nobody before the next; without a listener it would end the process. */
function ignore(): void {}

/** Whole numbers as numbers: ours are below 2^53, and `pg` gives a bigint as text. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? Number : (types.getTypeParser(oid, format) as unknown);

const int8: number = types.builtins.INT8;
