// `npm run bench [section …] [--beside <checkout>]`: the figures, as tables. Each stands beside a floor measured in the same run: trust the
// ratios. Another checkout, installed and built, is measured in the same run too where that makes sense (exchange).
import { parseArgs } from 'node:util';
import { benchBundle } from './bundle.js';
import { benchExchange } from './exchange.js';
import { benchHistory } from './history.js';
import { benchIdle } from './idle.js';
import { benchPage } from './page.js';
import { benchResume } from './resume.js';
import { benchUpload } from './upload.js';

const sections = new Map<string, (beside?: string) => Promise<void> | void>([
  ['bundle', benchBundle],
  ['page', benchPage],
  ['exchange', benchExchange],
  ['history', benchHistory],
  ['idle', benchIdle],
  ['resume', benchResume],
  ['upload', benchUpload],
]);

const { values, positionals: asked } = parseArgs({ allowPositionals: true, options: { beside: { type: 'string' } } });
for (const name of asked)
  if (!sections.has(name)) throw new Error(`no section "${name}": ${[...sections.keys()].join(', ')}`);
for (const [name, run] of sections) if (!asked.length || asked.includes(name)) await run(values.beside);
process.exit();
