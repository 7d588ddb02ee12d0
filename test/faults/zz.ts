import { mkdtempSync } from 'node:fs';
import { killLoop } from './kill-loop.js';
import { Tally } from './tally.js';
const tally = new Tally(); let n=0; const t=performance.now(); let last = t;
setInterval(()=>{ if (performance.now()-last>12000) console.log('STUCK after', n, process.pid); }, 3000).unref();
const v = await killLoop({ seed: Number(process.argv[2]), kills: Number(process.argv[3]), directory: mkdtempSync('/tmp/kl-'), tally, onKill: () => { n++; last = performance.now(); } });
console.log(n, v.acked, v.findings.slice(0,3), Math.round(performance.now()-t)); console.log(tally.table());
