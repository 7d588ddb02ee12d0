// `npm run lint`: every check that needs no test to run. Goes on after a fault, so that one run tells all.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const checks = [
  ['types', 'tsc', '-b'],
  ['rules', 'eslint', '--max-warnings=0', '.'],
  ['formatting', 'prettier', '--check', '--log-level=warn', '.'],
  ['unused code', 'knip', '--no-progress'],
  ['manifest', 'npm', 'run', '--silent', 'manifest'],
  ['element comments', 'node', 'test/tools/element-docs.mjs'],
];

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const env = { ...process.env, PATH: `${cwd}node_modules/.bin:${process.env.PATH}` };

let failed = 0;
for (const [name, command, ...args] of checks) {
  const start = performance.now();
  const { status } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) failed++;
  console.log(
    `lint: ${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
}
console.log(`lint: ${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
