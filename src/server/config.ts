import { closeSync, existsSync, openSync } from 'node:fs';
import type { Features } from '../protocol/frames.js';
import type { Origins } from './auth/origins.js';
import { ConfigError } from './config-error.js';
import type { FilesOption } from './files/open-files.js';
import { TrustedProxies } from './gateway/client-address.js';

export type LogLevel = (typeof logLevels)[number];

/** What the operator said, checked. */
export type Config = {
  readonly demo: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Absent only under `--demo`, which makes them up. */
  readonly app?: { readonly key: string; readonly secret: string };
  /** File or URL of public keys. */
  readonly jwks?: string;
  readonly origins: Origins;
  readonly proxies: TrustedProxies;
  /** Absent: `files` in `dataDir`. */
  readonly files?: FilesOption;
  readonly maxFileBytes?: number;
  readonly metricsPort?: number;
  readonly logLevel: LogLevel;
  readonly features: Partial<Features>;
};

type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Known to the documentation, and to later versions: set here they would be ignored, and somebody would rely on them. */
const notYet = ['NATS_URL', 'IM_VAPID_SUBJECT', 'IM_VAPID_KEYS', 'IM_WEBHOOK_URL', 'IM_WEBHOOK_SECRET'];

const ours = [
  'IM_APP_KEY',
  'IM_APP_SECRET',
  'IM_TOKEN_JWKS',
  'IM_ORIGINS',
  'IM_TRUSTED_PROXIES',
  'IM_FILES',
  'IM_MAX_FILE_BYTES',
  'IM_FEATURES_OFF',
  'IM_RECALL_SECONDS',
  'IM_EDIT_SECONDS',
];

/** @throws {ConfigError} for the first value that is wrong */
export function readConfig(env: Environment, demo: boolean): Config {
  for (const name of notYet)
    if (env[name])
      throw new ConfigError(`${name} is set, but this version of the server does not have that yet: unset it`);
  for (const name of Object.keys(env))
    if (name.startsWith('IM_') && !name.startsWith('IM_TEST_') && env[name] && !ours.includes(name))
      throw new ConfigError(`${name} is set, but the server knows no such variable: it knows ${ours.join(', ')}`);
  const app = appOf(env, demo);
  const databaseUrl = databaseOf(env['DATABASE_URL']);
  const jwks = jwksOf(env['IM_TOKEN_JWKS']);
  const metricsPort = env['METRICS_PORT'] ? portOf('METRICS_PORT', env['METRICS_PORT']) : undefined;
  return {
    demo,
    host: env['HOST'] || '127.0.0.1',
    port: portOf('PORT', env['PORT'] || '8080'),
    dataDir: dataDirOf(env),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(app && { app }),
    ...(jwks !== undefined && { jwks }),
    origins: originsOf(env['IM_ORIGINS'], demo),
    proxies: proxiesOf(env['IM_TRUSTED_PROXIES']),
    ...(env['IM_FILES'] && { files: filesOf(env['IM_FILES']) }),
    ...(env['IM_MAX_FILE_BYTES'] && { maxFileBytes: fileBytesOf(env['IM_MAX_FILE_BYTES']) }),
    ...(metricsPort !== undefined && { metricsPort }),
    features: featuresOf(env),
    logLevel: logLevelOf(env['LOG_LEVEL'] || 'info'),
  };
}

/** Where the embedded store is. */
export function dataDirOf(env: Environment): string {
  return env['DATA_DIR'] || './data';
}

/** `0` lets the system choose. */
function portOf(name: string, value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw ConfigError.of(name, value, 'a port, 0 to 65535');
}

function appOf(env: Environment, demo: boolean): Config['app'] {
  const key = env['IM_APP_KEY'];
  const secret = env['IM_APP_SECRET'];
  if (!key && !secret && demo) return undefined;
  if (!key || !secret)
    throw new ConfigError(
      `${key ? 'IM_APP_SECRET' : 'IM_APP_KEY'} is not set: it may hold any ${key ? 'secret of 16 characters or more' : 'name'}, ` +
        `and without it nobody could be let in${demo ? '' : ' (for a try-out on this machine: im-elements serve --demo)'}`,
    );
  // Its content does not go into the message: that would be a secret in a log.
  if (secret.length < 16)
    throw new ConfigError(
      `IM_APP_SECRET is ${secret.length} characters long: it may hold 16 or more, best random ones`,
    );
  return { key, secret };
}

function databaseOf(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value;
  // What it holds may be a password in the wrong place.
  throw new ConfigError('DATABASE_URL is not a URL of PostgreSQL: it may hold postgres://user:password@host:5432/name');
}

function jwksOf(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  if (!existsSync(value))
    throw ConfigError.of('IM_TOKEN_JWKS', value, 'the URL of a JSON Web Key Set, or a file that exists');
  try {
    closeSync(openSync(value, 'r'));
    return value;
  } catch {
    throw ConfigError.of('IM_TOKEN_JWKS', value, 'a file that this user may read');
  }
}

function originsOf(value: string | undefined, demo: boolean): Origins {
  if (!value) return 'same';
  const list = value.split(',').map((entry) => entry.trim());
  if (list.includes('*')) {
    if (demo && list.length === 1) return 'any';
    throw ConfigError.of(
      'IM_ORIGINS',
      value,
      'exact origins such as https://shop.example.com ("*" alone, and only with --demo)',
    );
  }
  for (const entry of list)
    if (!isOrigin(entry))
      throw ConfigError.of(
        'IM_ORIGINS',
        value,
        'exact origins, comma-separated: https://shop.example.com,http://localhost:3000',
      );
  return new Set(list);
}

function isOrigin(entry: string): boolean {
  // A pattern would match nothing: origins are compared letter by letter.
  return /^https?:\/\/[^*]+$/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}

function proxiesOf(value: string | undefined): TrustedProxies {
  const entries = value ? value.split(',').map((entry) => entry.trim()) : [];
  try {
    return new TrustedProxies(entries);
  } catch {
    throw ConfigError.of(
      'IM_TRUSTED_PROXIES',
      value ?? '',
      'addresses or networks, comma-separated: 10.0.0.1,192.168.0.0/16',
    );
  }
}

/** A directory, or `s3://bucket?endpoint=…&region=…`. */
function filesOf(value: string): FilesOption {
  if (!/^[a-z0-9]+:/i.test(value)) return { directory: value };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const known = [...(url?.searchParams.keys() ?? [])].every((name) => name === 'endpoint' || name === 'region');
  const endpoint = url?.searchParams.get('endpoint') ?? undefined;
  const region = url?.searchParams.get('region') ?? undefined;
  const isS3 = url?.protocol === 's3:' && /^[a-z0-9.-]{3,63}$/.test(url.hostname) && /^\/?$/.test(url.pathname);
  if (isS3 && known && (endpoint === undefined || (/^https?:/.test(endpoint) && URL.canParse(endpoint))))
    return {
      s3: {
        bucket: url.hostname,
        ...(endpoint !== undefined && { endpoint }),
        ...(region !== undefined && { region }),
      },
    };
  throw ConfigError.of('IM_FILES', value, 'a directory, or s3://bucket?endpoint=https://s3.example.com&region=…');
}

function fileBytesOf(value: string): number {
  const bytes = Number(value);
  if (/^\d+$/.test(value) && bytes >= 1 && bytes <= 2 ** 40) return bytes;
  throw ConfigError.of('IM_MAX_FILE_BYTES', value, 'a number of bytes, 1 to 1099511627776 (1 TiB)');
}

/** What an operator may switch off. */
const switches = ['typing', 'presence', 'receipts'] as const;

function featuresOf(env: Environment): Partial<Features> {
  const off = (env['IM_FEATURES_OFF'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of off)
    if (!switches.some((known) => known === entry))
      throw ConfigError.of(
        'IM_FEATURES_OFF',
        env['IM_FEATURES_OFF'] ?? '',
        `any of ${switches.join(', ')}, comma-separated`,
      );
  return {
    ...Object.fromEntries(switches.filter((name) => off.includes(name)).map((name) => [name, false])),
    ...msOf(env, 'IM_RECALL_SECONDS', 'recallMs'),
    ...msOf(env, 'IM_EDIT_SECONDS', 'editMs'),
  };
}

function msOf(env: Environment, name: string, feature: 'recallMs' | 'editMs'): Partial<Features> {
  const value = env[name];
  if (!value) return {};
  if (!/^\d{1,9}$/.test(value)) throw ConfigError.of(name, value, 'a whole number of seconds, 0 for never');
  return { [feature]: Number(value) * 1_000 };
}

function logLevelOf(value: string): LogLevel {
  const level = logLevels.find((known) => known === value);
  if (level) return level;
  throw ConfigError.of('LOG_LEVEL', value, logLevels.join(', '));
}
