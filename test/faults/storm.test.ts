import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../helpers/chat-server.js';
import { slowReaders } from './storm/slow-readers.js';
import { bounds, problemsOf, storm, wordsOf } from './storm/storm.js';

describe('a storm', () => {
  it('F35, F36: of 500 who lose the server at once, and whose tokens have expired when it is back, has them all back', async (t) => {
    const [report] = await storm({
      ...{ connections: 500, processes: 1, drops: ['killed, every token expired'] },
      directory: await temporaryDirectory(t),
    });
    t.diagnostic(wordsOf(report!));
    assert.deepEqual(problemsOf(report!), []);
    assert.ok(report!.minted >= 500, 'everybody needed another token');
  });

  it('F14: people who stop reading are cut off at the bound, and come back by cursor', async (t) => {
    const report = await slowReaders(3, join(await temporaryDirectory(t), 'data'));
    t.diagnostic(JSON.stringify(report));
    assert.ok(report.peakMiB < bounds.slowMiB, `${report.peakMiB} MiB`);
  });
});
