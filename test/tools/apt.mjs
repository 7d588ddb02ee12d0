// Debian packages that the tests need and this machine may get.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

export const isInstalled = (name) => succeeds('dpkg', '-s', name);
export const mayInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && succeeds('apt-get', '--version');

export function install(names) {
  console.log(`setup: apt-get install ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status;
  apt('update');
  if (apt('install', '-y', '--no-install-recommends', ...names) === 0) return;
  // One package that cannot be had must not cost the others.
  for (const name of names)
    if (apt('install', '-y', '--no-install-recommends', name) !== 0) console.log(`setup: no ${name}`);
}
