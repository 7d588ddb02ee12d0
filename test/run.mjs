// `npm test`: sets the machine up, builds, and runs the stages named on the command line, or all. The last line is the result.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runStage } from './tools/run-stage.mjs';
import { setUpBrowsers } from './tools/setup-browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Where a missing engine or database is a fault, not a circumstance.
const requireAll = Boolean(process.env.IM_TEST_REQUIRE_ALL || process.env.CI);

const testsIn = (...folders) =>
  folders.flatMap((folder) =>
    readdirSync(`${root}test/${folder}`, { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `test/${folder}/${name}`),
  );

const nodeTests = (...folders) => [
  'node',
  '--import=tsx',
  '--test',
  '--test-timeout=300000',
  // Now and then Node 20 never comes to the end of its own clean-up, with nothing of the test's left to do.
  '--test-force-exit',
  '--test-reporter=spec',
  ...testsIn(...folders),
];

const stages = new Map([
  ['lint', () => ['node', 'test/tools/lint.mjs']],
  ['size', () => ['node', 'test/tools/size.mjs']],
  ['tools', () => nodeTests('helpers', 'tools')],
  ['unit', () => ['wtr', '--config', 'test/web-test-runner.config.js']],
  ['contract', () => nodeTests('contract')],
  ['server', () => nodeTests('server')],
  ['client', () => nodeTests('client')],
  ['security', () => nodeTests('security')],
  ['faults', () => nodeTests('faults')],
  ['e2e', () => nodeTests('e2e')],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !stages.has(name));
if (unknown.length) {
  console.error(`There is no stage "${unknown.join('", "')}"; there are ${[...stages.keys()].join(', ')}.`);
  process.exit(2);
}

const engines = await setUpBrowsers();
const env = {
  ...process.env,
  PATH: `${root}node_modules/.bin:${process.env.PATH}`,
  WTR_BROWSERS: process.env.WTR_BROWSERS ?? engines.join(','),
  ...(requireAll && { IM_TEST_REQUIRE_ALL: '1' }),
};
const results = [];
const run = async (name, command) => results.push({ name, ...(await runStage(name, command, { cwd: root, env })) });

await run('build', ['npm', 'run', '--silent', 'build']);
for (const [name, command] of stages) if (!asked.length || asked.includes(name)) await run(name, command());

const missing = ['chromium', 'firefox', 'webkit'].filter((name) => !engines.includes(name));
if (requireAll)
  for (const result of results) {
    result.failed += result.skipped;
    if (['unit', 'security', 'e2e'].includes(result.name)) result.failed += missing.length;
  }

console.log('\nstage       passed  failed  skipped  seconds');
for (const { name, passed, failed, skipped, seconds } of results)
  console.log(
    [name.padEnd(10), ...[passed, failed, skipped, Math.round(seconds)].map((n) => String(n).padStart(8))].join(''),
  );
console.log(`engines: ${engines.join(', ') || 'none'}${missing.length ? `; MISSING: ${missing.join(', ')}` : ''}`);

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') ? 1 : 0;
