import { randomUUID } from 'node:crypto';
import { ChildServer } from './child-server.js';
import { interleaved, median, quantile } from './statistics.js';
import { figure, printTable, ratio } from './table.js';
import { WirePerson } from './wire-person.js';

type Load = { readonly pairs: number; readonly inFlight: number; readonly messages: number };
type Result = { rate: number; ack50: number; ack99: number; delivered50: number; delivered99: number; cpu: number };

/** `messages` is what each pair exchanges in a round. */
const loads: readonly Load[] = [
  { pairs: 1, inFlight: 1, messages: 1_000 },
  { pairs: 20, inFlight: 1, messages: 200 },
  { pairs: 200, inFlight: 1, messages: 50 },
  { pairs: 200, inFlight: 8, messages: 100 },
];
const rounds = 5;
const content = 'a message of common length, as people write them all day. '.repeat(2);

/** Sends, and waits for ack and delivery of each; every pair one direction, `inFlight` at once. */
async function exchange(pairs: readonly (readonly [WirePerson, WirePerson])[], load: Load): Promise<Result> {
  const acks: number[] = [];
  const deliveries: number[] = [];
  const sender = async (from: WirePerson, to: WirePerson): Promise<void> => {
    const waiting = new Map<string, () => void>();
    to.delivered = (idClient) => waiting.get(idClient)?.();
    let left = load.messages;
    const one = async (): Promise<void> => {
      while (left-- > 0) {
        const idClient = randomUUID();
        const start = performance.now();
        const delivered = new Promise<void>((resolve) => waiting.set(idClient, resolve)).then(() =>
          deliveries.push(performance.now() - start),
        );
        const acked = from
          .send(`p2p-${to.account}`, content, idClient)
          .then(() => acks.push(performance.now() - start));
        await Promise.all([acked, delivered]);
        waiting.delete(idClient);
      }
    };
    await Promise.all(Array.from({ length: load.inFlight }, one));
  };
  const start = performance.now();
  await Promise.all(pairs.map(([from, to]) => sender(from, to)));
  const seconds = (performance.now() - start) / 1000;
  return {
    rate: (load.pairs * load.messages) / seconds,
    ack50: quantile(acks, 0.5),
    ack99: quantile(acks, 0.99),
    delivered50: quantile(deliveries, 0.5),
    delivered99: quantile(deliveries, 0.99),
    cpu: 0,
  };
}

async function measure(server: ChildServer, load: Load): Promise<Result> {
  const people = (side: string): Promise<WirePerson[]> =>
    Promise.all(Array.from({ length: load.pairs }, (_, i) => WirePerson.connect(server.url, `${side}${i}`)));
  const [senders, receivers] = await Promise.all([people('sender-'), people('receiver-')]);
  const pairs = senders.map((from, i) => [from, receivers[i]!] as const);
  // The first exchange makes the conversations, which is no part of a running chat.
  await exchange(pairs, { ...load, inFlight: 1, messages: 2 });
  const before = await server.usage();
  const result = await exchange(pairs, load);
  const after = await server.usage();
  for (const pair of pairs) for (const person of pair) person.close();
  return { ...result, cpu: ((after.cpuSeconds - before.cpuSeconds) / (load.pairs * load.messages)) * 10_000 };
}

/** Send → ack → delivered, beside the relay that stores nothing, and another checkout where one is given. */
export async function benchExchange(beside?: string): Promise<void> {
  const [relay, im] = await Promise.all([ChildServer.start('relay-server'), ChildServer.start('im-server')]);
  const other = beside === undefined ? undefined : await ChildServer.start('im-server', beside);
  const servers = other ? [relay, other, im] : [relay, im];
  const rows: string[][] = [];
  try {
    for (const load of loads) {
      const results = await interleaved(servers, rounds, (server) => measure(server, load));
      const of = (server: ChildServer, key: keyof Result): number => median(results.get(server)!.map((r) => r[key]));
      for (const server of servers)
        rows.push([
          `${load.pairs} × ${load.inFlight}`,
          server === relay ? 'bare ws relay' : server === im ? 'im-elements' : 'the other checkout',
          server === relay ? figure(of(relay, 'rate')) : ratio(of(server, 'rate'), of(relay, 'rate')),
          ...(['ack50', 'ack99', 'delivered50', 'delivered99', 'cpu'] as const).map((key) => figure(of(server, key))),
        ]);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  const head = [
    'pairs × in flight',
    'server',
    'messages/s',
    'ack p50 ms',
    'p99',
    'delivered p50 ms',
    'p99',
    'CPU s / 10k',
  ];
  printTable(`Stored, acked, delivered (medians of ${rounds})`, head, rows);
}
