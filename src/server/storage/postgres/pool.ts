import { Pool, types, type PoolConfig } from 'pg';

const connectMs = 5_000;

/** Connections to one database, made when they are needed. */
export function connect(config: PoolConfig): Pool {
  const pool = new Pool({
    ...config,
    connectionTimeoutMillis: connectMs,
    application_name: 'im-elements',
    types: { getTypeParser },
  });
  // A connection that breaks between two statements concerns nobody before the next: without a listener it would end the process.
  const ignore = (): void => {};
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** Whole numbers as numbers: ours are below 2^53, and `pg` gives a bigint as text. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? Number : (types.getTypeParser(oid, format) as unknown);

const int8: number = types.builtins.INT8;
