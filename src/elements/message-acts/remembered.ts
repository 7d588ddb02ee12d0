import type { Message } from '../../protocol/message.js';

/** How long a recalled text can be taken up again, in ms. */
const keptMs = 5 * 60_000;

const texts = new Map<string, { readonly text: string; readonly until: number }>();

/** Keeps, in this page only, what a message said that is being recalled. */
export function remember({ idClient, type, content }: Message, now: number): void {
  for (const [key, { until }] of texts) if (until <= now) texts.delete(key);
  if (type === 'text' && content) texts.set(idClient, { text: content, until: now + keptMs });
}

/** What a recalled message said, and until when that is kept. */
export function remembered(idClient: string, now: number): { text: string; until: number } | undefined {
  const kept = texts.get(idClient);
  return kept && kept.until > now ? kept : undefined;
}
