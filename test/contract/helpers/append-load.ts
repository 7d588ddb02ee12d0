// A process that writes to the store in its argument until it is killed, and says on its standard output what it was told is stored.
import { openStorage } from '../../../src/server/storage/open-storage.js';
import { messageIn, startTalk } from './talk.js';

export type Acked = {
  readonly conversation: number;
  readonly seq: number;
  readonly id: string;
  readonly idClient: string;
};

const storage = await openStorage({ dataDir: process.argv[2]! });
process.stdout.write('ready\n');
const talks = await Promise.all([startTalk(storage), startTalk(storage), startTalk(storage)]);

async function sendForEver(i: number): Promise<never> {
  const { alice, bob, conversation } = talks[i % talks.length]!;
  for (;;) {
    const message = messageIn(conversation, i % 2 ? alice : bob);
    const { seq, id } = await storage.append(message);
    const acked: Acked = { conversation, seq, id, idClient: message.idClient };
    process.stdout.write(`${JSON.stringify(acked)}\n`);
  }
}

await Promise.all(Array.from({ length: 60 }, (_, i) => sendForEver(i)));
