import { ChildServer } from './child-server.js';
import { median } from './statistics.js';
import { figure, printTable, ratio } from './table.js';
import { WirePerson } from './wire-person.js';

const connections = 2_000;
const rounds = 5;

/** KiB that each of many idle connections costs the server. */
async function measure(name: 'im-server' | 'relay-server'): Promise<number> {
  const server = await ChildServer.start(name);
  try {
    // What the first connections load (code, buffers) is no cost of the next.
    const connect = (from: number, to: number): Promise<WirePerson[]> =>
      Promise.all(Array.from({ length: to - from }, (_, i) => WirePerson.connect(server.url, `idle-${from + i}`)));
    const people = await connect(0, 200);
    const before = await server.usage('collect');
    for (let i = 200; i < 200 + connections; i += 200) people.push(...(await connect(i, i + 200)));
    const after = await server.usage('collect');
    for (const person of people) person.close();
    return (after.rss - before.rss) / connections / 1024;
  } finally {
    await server.stop();
  }
}

export async function benchIdle(): Promise<void> {
  const relay: number[] = [];
  const im: number[] = [];
  for (let round = 0; round < rounds; round++) {
    relay.push(await measure('relay-server'));
    im.push(await measure('im-server'));
  }
  printTable(
    `Idle connections, ${connections.toLocaleString('en')} (medians of ${rounds})`,
    ['server', 'KiB each'],
    [
      ['bare ws relay', figure(median(relay))],
      ['im-elements', ratio(median(im), median(relay))],
    ],
  );
}
