import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { lyingDisk, powerLoss } from './power-loss/power-loss.js';
import { compileShim } from './power-loss/shim.js';
import { Tally } from './tally.js';

const directory = mkdtempSync(join(tmpdir(), 'im-shim-'));
after(() => rmSync(directory, { recursive: true }));
const shim = compileShim(directory);

describe('a power cut', { skip: shim ? false : 'there is no C compiler on this machine' }, () => {
  it('F26: loses nothing that was acked, whatever the disk had written by then (6 cuts)', async (t) => {
    const tally = new Tally();
    const { acked, findings } = await powerLoss({
      ...{ shim: shim!, seed: 1, cuts: 6, tally },
      directory: await temporaryDirectory(t),
    });
    t.diagnostic(`\n${tally.table()}`);
    assert.deepEqual(findings, []);
    assert.ok(acked > 200, `only ${acked} messages were acked`);
  });

  it('F26: loses messages where a sync does nothing, and the checker sees it', async (t) => {
    const { lost } = await lyingDisk(shim!, await temporaryDirectory(t));
    assert.ok(lost >= 50, `${lost} of 50 and more are missed`);
  });
});
