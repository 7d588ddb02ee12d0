import { ChildServer } from './child-server.js';
import { median } from './statistics.js';
import { figure, printTable } from './table.js';
import { WirePerson } from './wire-person.js';

const stored = 10_000;
const pageSize = 50;
const readers = 8;
const pagesEach = 200;
const rounds = 5;

/** Pages of history per second, read by several people at random places of one long conversation. */
export async function benchHistory(): Promise<void> {
  const server = await ChildServer.start('im-server');
  try {
    const writer = await WirePerson.connect(server.url, 'writer');
    const cid = 'p2p-reader';
    await WirePerson.connect(server.url, 'reader');
    for (let i = 0; i < stored; i += 500)
      await Promise.all(Array.from({ length: 500 }, (_, j) => writer.send(cid, `message ${i + j}`)));

    const people = await Promise.all(Array.from({ length: readers }, () => WirePerson.connect(server.url, 'reader')));
    const rates: number[] = [];
    let turn = 0;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await Promise.all(
        people.map(async (person) => {
          for (let i = 0; i < pagesEach; i++) {
            // Places that a fixed stride spreads over the log: the same in every run.
            const before = pageSize + 1 + ((turn++ * 7_919) % (stored - pageSize));
            const { events } = await person.page('p2p-writer', pageSize, before);
            if (events.length !== pageSize) throw new Error(`a page of ${events.length} before ${before}`);
          }
        }),
      );
      rates.push((readers * pagesEach) / ((performance.now() - start) / 1000));
    }
    printTable(
      `History: pages of ${pageSize} out of ${stored.toLocaleString('en')} (median of ${rounds})`,
      ['pages/s'],
      [[figure(median(rates))]],
    );
  } finally {
    await server.stop();
  }
}
