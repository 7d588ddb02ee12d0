import { accountPattern } from '../../protocol/ids.js';
import { Jwt } from '../auth/jwt.js';
import { ConfigError } from '../config-error.js';
import { dataDirOf, readConfig } from '../config.js';
import { keptDemoApp } from '../demo-app.js';

const unitS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** Prints a token for an account, signed with the app secret, or with the one that a demo in `DATA_DIR` made up. */
export async function token(env: NodeJS.ProcessEnv, name: string, expires: string): Promise<void> {
  const account = name.toLowerCase();
  if (!accountPattern.test(account)) throw ConfigError.of('<account>', name, '1 to 32 letters, digits and _ @ . -');
  const expiresS = secondsOf(expires);
  const demo = env['IM_APP_SECRET'] ? undefined : await keptDemoApp(dataDirOf(env));
  const { app = demo } = readConfig(env, demo !== undefined);
  process.stdout.write(`${await new Jwt(app!.secret, () => Date.now()).sign(account, expiresS)}\n`);
}

function secondsOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (unitS.get(unit ?? '') ?? NaN);
  if (seconds > 0) return seconds;
  throw ConfigError.of('--expires', text, 'a number and s, m, h or d: 30s, 10m, 1h, 7d');
}
