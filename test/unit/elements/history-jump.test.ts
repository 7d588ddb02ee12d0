import { expect } from '@open-wc/testing';
import type { ImMessage } from '../../../src/elements/message/message.js';
import {
  atEnd,
  client,
  drift,
  elements,
  frames,
  id,
  jump,
  list,
  messages,
  open,
  places,
  scroller,
  settled,
  shown,
  until,
} from '../../helpers/message-list.js';

const count = 10_000;

async function opened(): Promise<void> {
  await open(50, { older: count - 50 });
  client.said.set(id, messages(0, count));
  client.pageSize = 50;
  client.setTimeline(id, { messages: client.said.get(id)!.slice(-50), hasOlder: true });
  await settled();
}

async function jumpTo(seq: number): Promise<void> {
  await client.openAt(id, seq);
  list.showAt(seq);
  await settled();
}

const inView = (seq: number): boolean => {
  const box = scroller().getBoundingClientRect();
  const message = shown()
    .find(({ message }) => message!.seq === seq)
    ?.getBoundingClientRect();
  return message !== undefined && message.top >= box.top && message.bottom <= box.bottom;
};
const loaded = (): number[] => client.timeline(id).messages.map(({ seq }) => seq!);
const dense = (seqs: readonly number[]): boolean => seqs.every((seq, i) => i === 0 || seq === seqs[i - 1]! + 1);

describe('im-message-list, at a place in the middle of 10,000 messages', function () {
  this.timeout(120_000);

  it('shows the message that one jumps to, and says which it is', async () => {
    await opened();
    for (const seq of [5_000, 1, 9_990, 123, 10_000]) {
      await jumpTo(seq);
      expect(inView(seq), `${seq}`).to.equal(true);
      expect(scroller().querySelector<ImMessage>('.found im-message')!.message!.seq).to.equal(seq);
      expect(elements(list)).to.be.below(1_000);
    }
  });

  for (const [way, by] of [
    ['up', -70],
    ['down', 70],
  ] as const)
    it(`is scrolled ${way} over many pages: nothing moves, nothing is missing, nothing stands twice`, async () => {
      await opened();
      await jumpTo(5_000);
      const seen = new Set<number>();
      let worst = 0;
      for (let i = 0; i < 150; i++) {
        const before = places();
        const top = scroller().scrollTop;
        scroller().scrollTop = top + by;
        await frames(1);
        // Where the engine let it scroll less, the rest is not the list's doing.
        for (const [key, y] of before) before.set(key, y - by);
        worst = Math.max(worst, drift(before));
        const rows = shown().map(({ message }) => message!.seq!);
        expect(dense(rows), `step ${i}: ${rows.join()}`).to.equal(true);
        for (const seq of rows) seen.add(seq);
      }
      expect(worst).to.be.at.most(1);
      expect(dense(loaded())).to.equal(true);
      expect(dense([...seen].sort((a, b) => a - b))).to.equal(true);
      const calls = client.calls.filter((call) => call.startsWith(way === 'up' ? 'loadOlder' : 'loadNewer'));
      expect(calls.length).to.be.at.least(2);
    });

  it('leads to the end by its button', async () => {
    await opened();
    await jumpTo(4_000);
    expect(jump() !== null).to.equal(true);
    client.openTimeline = () => {
      client.setTimeline(id, { messages: client.said.get(id)!.slice(-50), hasOlder: true, hasNewer: false });
      return Promise.resolve();
    };
    jump()!.click();
    await until(atEnd, 'the end is shown');
    expect(shown().at(-1)!.message!.seq).to.equal(count);
  });

  it('reads nothing of what it jumped over', async () => {
    await opened();
    let seen = 0;
    list.addEventListener('seen', () => seen++);
    await jumpTo(3_000);
    expect(list.atNewest).to.equal(false);
    expect(seen).to.equal(0);
  });
});
