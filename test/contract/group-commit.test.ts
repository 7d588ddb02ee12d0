import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AppendOutcome } from '../../src/server/storage/driver.js';
import { GroupCommit } from '../../src/server/storage/group-commit.js';
import { StorageBusyError, type NewMessage } from '../../src/server/storage/storage.js';
import { messageIn } from './helpers/talk.js';

type Batch = { readonly messages: readonly NewMessage[]; readonly done: (error?: Error) => void };

/** A store that holds each batch until the test lets it go: no real one can be held so exactly. */
function heldStore() {
  const batches: Batch[] = [];
  const arrivals: (() => void)[] = [];
  const commits = new GroupCommit(
    (messages) =>
      new Promise<AppendOutcome[]>((resolve, reject) => {
        const outcomes = messages.map(({ id, time }, i) => ({ id, seq: i + 1, n: i + 1, time, dup: false }));
        batches.push({ messages, done: (error) => (error ? reject(error) : resolve(outcomes)) });
        arrivals.shift()?.();
      }),
  );
  const next = async (): Promise<Batch> => {
    if (batches.length === 0) await new Promise<void>((arrived) => arrivals.push(arrived));
    return batches.shift()!;
  };
  return { commits, next };
}

const many = (count: number): NewMessage[] => Array.from({ length: count }, () => messageIn(1, 'ann'));

describe('group commit', () => {
  it('gathers while a batch is being stored, in order, in bounded batches', async () => {
    const { commits, next } = heldStore();
    const [early, late] = [many(3), many(1_000)];
    const first = early.map((message) => commits.append(message));
    const held = await next();
    const rest = late.map((message) => commits.append(message));
    assert.deepEqual(held.messages, early);
    held.done();
    await Promise.all(first);
    const second = await next();
    assert.deepEqual(second.messages, late.slice(0, 512));
    second.done();
    const third = await next();
    assert.deepEqual(third.messages, late.slice(512));
    third.done();
    await Promise.all(rest);
    await commits.drained();
  });

  it('tells all of a batch that the store is busy, and goes on', async () => {
    const { commits, next } = heldStore();
    const results = Promise.allSettled(many(5).map((message) => commits.append(message)));
    (await next()).done(new StorageBusyError('full'));
    for (const result of await results)
      assert.ok(result.status === 'rejected' && result.reason instanceof StorageBusyError);
    const again = commits.append(many(1)[0]!);
    (await next()).done();
    assert.equal((await again).seq, 1);
  });

  it('stores the others singly when one cannot be stored', async () => {
    const { commits, next } = heldStore();
    const [bad, ...good] = many(3);
    const results = Promise.allSettled([bad!, ...good].map((message) => commits.append(message)));
    (await next()).done(new Error('poison'));
    for (const message of [bad!, ...good]) {
      const single = await next();
      assert.deepEqual(single.messages, [message]);
      single.done(message === bad ? new Error('poison') : undefined);
    }
    assert.deepEqual(
      (await results).map(({ status }) => status),
      ['rejected', 'fulfilled', 'fulfilled'],
    );
  });

  it('F31: refuses more than it can hold rather than fill the memory', async () => {
    const { commits, next } = heldStore();
    const first = commits.append(many(1)[0]!);
    const held = await next();
    const waiting = many(10_000).map((message) => commits.append(message));
    await assert.rejects(commits.append(many(1)[0]!), StorageBusyError);
    held.done();
    await first;
    for (let stored = 0; stored < waiting.length;) {
      const batch = await next();
      stored += batch.messages.length;
      batch.done();
    }
    await Promise.all(waiting);
  });
});
