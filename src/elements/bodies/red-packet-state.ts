import type { Message } from '../../protocol/message.js';
import { customContent } from '../../renderers/custom-content.js';

/** What a `red-packet` message holds: so many shares of one amount, until a time (ms since 1970). */
export type RedPacket = {
  readonly greeting: string;
  readonly amount: string;
  readonly shares: number;
  readonly until: number;
};

export type PacketState = 'open' | 'mine' | 'claimed' | 'empty' | 'expired';

/** Reads a packet out of a message's JSON; what is not as it should be has a harmless value. */
export function packetOf({ content }: Message): RedPacket {
  const { greeting, amount, shares, until } = customContent({ ...(content !== undefined && { content }) });
  return {
    greeting: typeof greeting === 'string' ? greeting.slice(0, 100) : '',
    amount: typeof amount === 'string' ? amount.slice(0, 32) : '',
    shares: Number.isSafeInteger(shares) && Number(shares) > 0 ? Number(shares) : 1,
    until: typeof until === 'number' && until > 0 ? until : Infinity,
  };
}

/** The packet that a claim is of: the `seq` of its message. */
export function claimedBy({ type, content }: Message): number | undefined {
  if (type !== 'custom') return undefined;
  const { kind, packet } = customContent({ ...(content !== undefined && { content }) });
  return kind === 'red-packet-claim' && typeof packet === 'number' ? packet : undefined;
}

/**
 * How a packet stands. A claim is a message of its own, which the server's hook lets through or refuses; what is stored counts, in the
 * order of the conversation, so that everybody comes to the same.
 */
export function stateOf(message: Message, timeline: readonly Message[], account: string, now: number): PacketState {
  const { shares, until } = packetOf(message);
  const takers = new Set<string>();
  for (const each of timeline)
    if (message.seq !== undefined && each.seq !== undefined && claimedBy(each) === message.seq) takers.add(each.from);
  if (takers.has(account)) return 'claimed';
  if (takers.size >= shares) return 'empty';
  if (now >= until) return 'expired';
  return message.flow === 'out' && message.scene === 'p2p' ? 'mine' : 'open';
}
