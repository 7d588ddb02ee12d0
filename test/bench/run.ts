// `npm run bench [section …]`: the figures, as tables. Each stands beside a floor measured in the same run: trust the ratios.
import { benchBundle } from './bundle.js';
import { benchExchange } from './exchange.js';
import { benchHistory } from './history.js';
import { benchIdle } from './idle.js';
import { benchPage } from './page.js';

const sections = new Map([
  ['bundle', benchBundle],
  ['page', benchPage],
  ['exchange', benchExchange],
  ['history', benchHistory],
  ['idle', benchIdle],
]);

const asked = process.argv.slice(2);
for (const name of asked)
  if (!sections.has(name)) throw new Error(`no section "${name}": ${[...sections.keys()].join(', ')}`);
for (const [name, run] of sections) if (!asked.length || asked.includes(name)) await run();
process.exit();
