import type { AppendedMessage, NewMessage, Storage } from '../../../src/server/storage/storage.js';

let made = 0;

/** A name that no other case has. */
export const unique = (what: string): string => `${what}.${process.pid}.${++made}`;

/** Two people of their own and the conversation between them. */
export type Talk = { readonly alice: string; readonly bob: string; readonly conversation: number };

export async function startTalk(store: Storage): Promise<Talk> {
  const [alice, bob] = [unique('alice'), unique('bob')];
  await Promise.all([store.ensureAccount(alice), store.ensureAccount(bob)]);
  const { id } = await store.ensureDirect(alice, bob);
  return { alice, bob, conversation: id };
}

/** A message of `from`, new in every respect that is not given. */
export function messageIn(conversation: number, from: string, given: Partial<NewMessage> = {}): NewMessage {
  const id = unique('m');
  const body = given.body ?? JSON.stringify({ content: id });
  return {
    conversation,
    from,
    idClient: `c-${id}`,
    id,
    type: 'text',
    body,
    fingerprint: `sha-of-${body}`,
    time: 1_000 + made,
    counts: true,
    ...given,
  };
}

/** Stores `count` messages of `from`, in order. */
export function say(store: Storage, conversation: number, from: string, count: number): Promise<AppendedMessage[]> {
  return Promise.all(Array.from({ length: count }, () => store.append(messageIn(conversation, from))));
}
