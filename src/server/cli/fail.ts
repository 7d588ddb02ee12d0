import { ConfigError } from '../config-error.js';
import { StorageOpenError } from '../storage/storage.js';

/** Ends the process with one line that says what to do: code 2 for what the operator wrote, 1 for what the machine refused. */
export function fail(error: unknown): never {
  process.stderr.write(`im-elements: ${wordsFor(error)}\n`);
  process.exit(isMisuse(error) ? 2 : 1);
}

function isMisuse(error: unknown): boolean {
  return error instanceof ConfigError || codeOf(error).startsWith('ERR_PARSE_ARGS');
}

function wordsFor(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StorageOpenError || isMisuse(error))
    return (error as Error).message;
  const { address, port } = error as { address?: string; port?: number };
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `port ${port} of ${address} is in use: stop what listens there, or set PORT (or METRICS_PORT) to another`;
    case 'EACCES':
      if (port !== undefined) return `port ${port} of ${address} is not for this user: set PORT to one above 1023`;
      break;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address ${address ?? (error as { hostname?: string }).hostname}: set HOST to one that it has`;
  }
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
