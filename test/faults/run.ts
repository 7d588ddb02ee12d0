// `npm run test:faults`: everything that takes longer than a continuous integration may. Ends with what was provoked, and what it did.
//   --seed N    of the first run; each further one has the next
//   --runs N    simulated storms          --kills N   servers killed under load
//   --cuts N    power cuts                --crowd N   connections that are dropped at once
//   --only simulation|kills|power|storm
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runKills, runPower, runStorm, simulate, type Part } from './parts.js';
import { Tally } from './tally.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '500' },
    cuts: { type: 'string', default: '100' },
    crowd: { type: 'string', default: '5000' },
    only: { type: 'string' },
  },
});

const parts = new Map<string, Part>([
  ['simulation', simulate],
  ['kills', runKills],
  ['power', runPower],
  ['storm', runStorm],
]);
if (values.only !== undefined && !parts.has(values.only)) {
  console.error(`There is no part "${values.only}"; there are ${[...parts.keys()].join(', ')}.`);
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'im-faults-'));
const tally = new Tally();
let [passed, failed] = [0, 0];
const start = performance.now();
for (const [name, part] of parts) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`\n== ${name}`);
  await part({
    seed: Number(values.seed),
    size: Number({ kills: values.kills, power: values.cuts, storm: values.crowd, simulation: values.runs }[name]),
    directory: mkdtempSync(join(directory, `${name}-`)),
    tally,
    say: (words) => console.log(`${Math.round((performance.now() - start) / 1000)} s  ${words}`),
    judge: (what, problems) => {
      if (problems.length === 0) passed++;
      else failed++;
      for (const problem of problems) console.error(`${what}: ${problem}`);
    },
  }).catch((error: unknown) => {
    failed++;
    console.error(`${name}:`, error);
  });
}
rmSync(directory, { recursive: true, force: true });

console.log(`\n${tally.table()}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
