import {
  RefusedError,
  type CustomConversation,
  type CustomMessage,
  type OnCustomMessage,
} from './chat/custom-hooks.js';

const mostShares = 100;

/**
 * The demo's red packets, an example of a custom kind whose state the server guards: a packet has shares, and a claim of one is a message
 * that gets into the conversation once a person, as often as there are shares, and not after its time. Money is not moved here.
 */
export const redPackets =
  (now: () => number): OnCustomMessage =>
  async (message, conversation) => {
    if (message.kind === 'red-packet') checkPacket(message);
    if (message.kind === 'red-packet-claim') await checkClaim(message, conversation, now());
  };

function checkPacket({ data: { greeting, amount, shares = 1, until } }: CustomMessage): void {
  if (typeof greeting !== 'string' || typeof amount !== 'string') refuse('a red packet needs a greeting and an amount');
  if (!Number.isInteger(shares) || Number(shares) < 1 || Number(shares) > mostShares)
    refuse(`a red packet has 1 to ${mostShares} shares`);
  if (until !== undefined && typeof until !== 'number') refuse('`until` is a time in ms');
}

async function checkClaim(
  { from, idClient, data: { packet } }: CustomMessage,
  { scene, customMessages }: CustomConversation,
  now: number,
): Promise<void> {
  if (!Number.isSafeInteger(packet) || Number(packet) < 1) return refuse('a claim names a packet by its seq');
  const [first, ...later] = await customMessages(Number(packet));
  if (!first || first.seq !== packet || first.kind !== 'red-packet') return refuse('there is no such red packet');
  const claims = later.filter(({ kind, data }) => kind === 'red-packet-claim' && data['packet'] === packet);
  // The same claim once more, because its answer was lost: the store knows it.
  if (claims.some((claim) => claim.from === from && claim.idClient === idClient)) return;
  const { shares = 1, until } = first.data;
  if (scene === 'p2p' && first.from === from) refuse('it is for the other one');
  if (claims.some((claim) => claim.from === from)) refuse('you have had your share');
  if (claims.length >= Number(shares)) refuse('all shares are gone');
  if (typeof until === 'number' && now >= until) refuse('it has expired');
}

function refuse(why: string): never {
  throw new RefusedError(why);
}
