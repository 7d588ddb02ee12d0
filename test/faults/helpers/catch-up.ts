import type { ChatClient } from '../../../src/client/chat-client.js';
import { until } from '../../client/helpers/until.js';

/** Resolves when the client knows of `seq` and its timeline reaches there, over whatever was left out of a resume. */
export async function caughtUp(client: ChatClient, cid: string, seq: number): Promise<void> {
  const { account } = client;
  await until(client, () => (client.conversation(cid)?.lastSeq ?? 0) >= seq, `${account} knows of ${seq}`);
  while (client.timeline(cid).hasNewer) await client.loadNewer(cid);
  await until(client, () => (client.timeline(cid).messages.at(-1)?.seq ?? 0) >= seq, `${account} has ${seq}`);
}
