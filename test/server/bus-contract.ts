import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bus, Publication } from '../../src/server/bus/bus.js';

/** What every bus keeps. `make` is told of errors by `onError`; `settled` resolves when what was published has arrived. */
export function busContract(
  name: string,
  make: (onError: (error: unknown) => void) => Promise<Bus>,
  settled: () => Promise<void>,
): void {
  const about = (account: string): Publication => ({ topic: 'account', account });
  const names = (received: readonly Publication[]): string[] =>
    received.map((publication) => ('account' in publication ? publication.account : ''));

  describe(name, () => {
    it('gives every listener everything, the publisher’s own too, in order and unchanged', async () => {
      const bus = await make(assert.ifError);
      const received: Publication[][] = [[], []];
      for (const list of received) bus.subscribe((publication) => list.push(publication));
      const sent: Publication[] = [
        { topic: 'log', conversation: 7, scene: 'p2p', members: ['a', 'b'], seq: 3, event: '{"seq":3}', origin: 'c' },
        { topic: 'user', account: 'a', event: { kind: 'read', u: 1, cid: 'p2p-b', seq: 3, unread: 0 } },
        { topic: 'presence', account: 'a', online: false, lastSeen: 5 },
        about('a'),
      ];
      for (const publication of sent) bus.publish(publication);
      await settled();
      assert.deepEqual(received, [sent, sent]);
      await bus.close();
    });

    it('tells nothing to who has unsubscribed, and counts the same function twice', async () => {
      const bus = await make(assert.ifError);
      const received: Publication[] = [];
      const listener = (publication: Publication): void => void received.push(publication);
      const stop = bus.subscribe(listener);
      bus.subscribe(listener);
      bus.publish(about('both'));
      await settled();
      stop();
      stop();
      bus.publish(about('one'));
      await settled();
      assert.deepEqual(names(received), ['both', 'both', 'one']);
      await bus.close();
    });

    it('lets no listener disturb another, and reports what it threw', async () => {
      const errors: unknown[] = [];
      const bus = await make((error) => errors.push(error));
      const received: Publication[] = [];
      const fault = new Error('a listener’s own');
      bus.subscribe(() => {
        throw fault;
      });
      bus.subscribe((publication) => received.push(publication));
      bus.publish(about('a'));
      bus.publish(about('b'));
      await settled();
      assert.deepEqual(names(received), ['a', 'b']);
      assert.deepEqual(errors, [fault, fault]);
      await bus.close();
    });

    it('answers that it can be reached, and is silent once it is closed', async () => {
      const bus = await make(assert.ifError);
      await bus.check();
      const received: Publication[] = [];
      bus.subscribe((publication) => received.push(publication));
      await bus.close();
      bus.publish(about('a'));
      await settled();
      assert.deepEqual(received, []);
    });
  });
}
