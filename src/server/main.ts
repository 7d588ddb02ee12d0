#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { backup } from './cli/backup.js';
import { fail } from './cli/fail.js';
import { serve } from './cli/serve.js';
import { token } from './cli/token.js';

const help = `im-elements: a chat server with its widget

  im-elements serve [--demo]                      start the server; --demo needs no secret and has pages to try
  im-elements token <account> [--expires 1h]      print a token that opens a connection (30s, 10m, 1h, 7d)
  im-elements backup <file>                       copy the embedded store while it runs

The server is configured by environment variables: PORT, HOST, DATA_DIR, DATABASE_URL, IM_APP_KEY, IM_APP_SECRET,
IM_TOKEN_JWKS, IM_ORIGINS, IM_TRUSTED_PROXIES, IM_FILES, IM_MAX_FILE_BYTES,
METRICS_PORT, LOG_LEVEL; README.md says what each means.
`;

const options = {
  demo: { type: 'boolean' },
  expires: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, ...rest] = positionals;
  if (values.help || command === 'help') process.stdout.write(help);
  else if (command === 'serve' && rest.length === 0) await serve(process.env, values.demo ?? false);
  else if (command === 'token' && rest.length === 1) await token(process.env, rest[0]!, values.expires ?? '1h');
  else if (command === 'backup' && rest.length === 1) backup(process.env, rest[0]!);
  else {
    const said = command === undefined ? 'no command' : `cannot do "${positionals.join(' ')}"`;
    process.stderr.write(`im-elements: ${said}\n\n${help}`);
    process.exitCode = 2;
  }
}

run(process.argv.slice(2)).catch(fail);
