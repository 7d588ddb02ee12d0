import type { ChatClientApi } from '../../client/api.js';

/** How many windows show a conversation, per client: one that closes must not empty another's. */
const holds = new WeakMap<ChatClientApi, Map<string, number>>();

/** Keeps a conversation's messages in memory until the function it gives is called. */
export function holdTimeline(client: ChatClientApi, id: string): () => void {
  const counts = holds.get(client) ?? new Map<string, number>();
  holds.set(client, counts);
  counts.set(id, (counts.get(id) ?? 0) + 1);
  return () => {
    const left = (counts.get(id) ?? 1) - 1;
    if (left > 0) counts.set(id, left);
    else {
      counts.delete(id);
      client.releaseTimeline(id);
    }
  };
}
