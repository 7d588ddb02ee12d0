import type { Conversation } from '../../client/api.js';
import { accountPattern, conversationId } from '../../protocol/ids.js';

/** A row of the list: a conversation, or the offer to start one. */
export type Entry =
  | { readonly kind: 'conversation'; readonly id: string; readonly conversation: Conversation }
  | { readonly kind: 'start'; readonly id: string; readonly account: string };

/**
 * The rows for what is written into the search field: conversations whose name, account or last message holds every word of it,
 * and the offer to write to the account of that name, where the list has it not.
 * @param preview what a conversation's last line says
 */
export function entriesFor(
  conversations: readonly Conversation[],
  query: string,
  own: string,
  preview: (conversation: Conversation) => string,
): Entry[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const matches = (conversation: Conversation): boolean => {
    if (words.length === 0) return true;
    const text = fold(`${conversation.name}\n${conversation.to}\n${preview(conversation)}`);
    return words.every((word) => text.includes(word));
  };
  const entries: Entry[] = conversations
    .filter(matches)
    .map((conversation) => ({ kind: 'conversation', id: conversation.id, conversation }));
  const account = query.trim().toLowerCase();
  const id = conversationId('p2p', account);
  if (accountPattern.test(account) && account !== own && !conversations.some((conversation) => conversation.id === id))
    entries.push({ kind: 'start', id, account });
  return entries;
}

/** So that "jose" finds José. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
