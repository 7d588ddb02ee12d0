import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A stage that takes longer hangs. */
const limitMs = 40 * 60_000;

/** The line in which a stage's reporter says how it went; that of `node --test` takes one for each number. */
const verdict = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/;

/** Where a failed test stands, as `node --test` says it. */
const place = /^test at (\S+?):/;

const number = /^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/;

/**
 * Runs one stage with its output passed on, and counts by the last verdict in it. A stage without one counts as a single test
 * that its exit code decides; one that ends badly after a good verdict has failed too.
 */
export async function runStage(name, [command, ...args], options) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  // A group of its own, so that a hanging stage takes its browsers with it.
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const limit = setTimeout(() => {
    console.error(`${name}: no end after ${limitMs / 60_000} minutes, stopped`);
    process.kill(-child.pid, 'SIGKILL');
  }, limitMs);
  const forward = () => process.kill(-child.pid, 'SIGTERM');
  process.once('SIGINT', forward).once('SIGTERM', forward);

  let counted;
  const numbers = new Map();
  const failedFiles = new Set();
  let rest = '';
  child.stdout.on('data', (data) => {
    process.stdout.write(data);
    const lines = (rest + data).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      counted = verdict.exec(line) ?? counted;
      const [, file] = place.exec(line) ?? [];
      if (file) failedFiles.add(file);
      const [, name, count] = number.exec(line) ?? [];
      if (name) numbers.set(name, Number(count));
    }
  });
  child.on('error', (error) => console.error(`${name}: ${error.message}`));
  const [code] = await once(child, 'close').catch(() => [1]);
  clearTimeout(limit);
  process.off('SIGINT', forward).off('SIGTERM', forward);

  const of = (...names) => names.reduce((sum, each) => sum + (numbers.get(each) ?? 0), 0);
  const fromNode = numbers.size > 0 ? [of('pass'), of('fail', 'cancelled'), of('skipped', 'todo')] : undefined;
  const [passed, failed, skipped] = (counted?.slice(1) ?? fromNode ?? [code === 0 ? 1 : 0, 0, 0]).map((text) =>
    Number(text ?? 0),
  );
  // One that was stopped on its way has files that did not run at all: running those that failed again would prove nothing.
  const whole = counted !== undefined || numbers.size > 0;
  const seconds = (performance.now() - start) / 1000;
  return {
    passed,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped,
    seconds,
    failedFiles: whole ? [...failedFiles] : [],
  };
}
