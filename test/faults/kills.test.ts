import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { killLoop } from './kill-loop.js';
import { Tally } from './tally.js';

describe('a store whose server is killed again and again under load', () => {
  it('F26: loses nothing, doubles nothing and shows everybody the same (15 kills)', async (t) => {
    const tally = new Tally();
    const { acked, findings } = await killLoop({ seed: 1, kills: 15, directory: await temporaryDirectory(t), tally });
    t.diagnostic(`\n${tally.table()}`);
    assert.deepEqual(findings, []);
    assert.ok(acked > 500, `only ${acked} messages were acked`);
  });
});
