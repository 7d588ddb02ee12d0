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

const nodeTests =
  (...folders) =>
  (files = testsIn(...folders)) => [
    'node',
    '--import=tsx',
    '--test',
    '--test-timeout=300000',
    // Now and then Node 20 never comes to the end of its own clean-up, with nothing of the test's left to do.
    '--test-force-exit',
    '--test-reporter=spec',
    ...files,
  ];

const stages = new Map([
  ['lint', () => ['node', 'test/tools/lint.mjs']],
  ['size', () => ['node', 'test/tools/size.mjs']],
  ['tools', nodeTests('helpers', 'tools')],
  ['unit', (files) => ['wtr', '--config', 'test/web-test-runner.config.js', ...(files ? ['--files', ...files] : [])]],
  ['contract', nodeTests('contract')],
  ['server', nodeTests('server')],
  ['client', nodeTests('client')],
  ['security', nodeTests('security')],
  ['faults', nodeTests('faults')],
  ['e2e', nodeTests('e2e')],
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
const run = (name, command) => runStage(name, command, { cwd: root, env });

/** More files than this that fail in a stage are no accident. */
const mostAgain = 3;

/**
 * Real browsers, processes and clocks on a machine that has other work too: a file or two that failed get a second run by themselves.
 * What passes then is counted as passed, and named in the last lines.
 */
async function runWithSecond(name, command) {
  const first = await run(name, command());
  const files = first.failedFiles;
  if (first.failed === 0 || files.length === 0 || files.length > mostAgain) return { name, ...first };
  const second = await run(`${name}, again: ${files.join(' ')}`, command(files));
  const seconds = first.seconds + second.seconds;
  if (second.failed > 0) return { name, ...first, seconds };
  return { name, ...first, passed: first.passed + first.failed, failed: 0, seconds, again: files };
}

results.push({ name: 'build', ...(await run('build', ['npm', 'run', '--silent', 'build'])) });
for (const [name, command] of stages)
  if (!asked.length || asked.includes(name)) results.push(await runWithSecond(name, command));

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

for (const { name, again = [] } of results)
  for (const file of again) console.log(`failed at first, passed when run again: ${file} (${name})`);

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') ? 1 : 0;
