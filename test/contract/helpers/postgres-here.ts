import { after } from 'node:test';
import { PostgresServer } from '../../helpers/postgres.js';

/**
 * A PostgreSQL server of this file's own; `undefined` where there is none on this machine. Started while the file is loaded: under
 * `--test-force-exit` a suite that is registered after the others have begun is left out when those are through, without a word.
 */
export const postgresHere = await PostgresServer.start();

if (postgresHere) after(() => postgresHere.close());
