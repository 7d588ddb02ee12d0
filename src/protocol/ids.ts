/** An account's name: letters, digits and `_ @ . -`, stored in lower case. */
export const accountPattern = /^[a-z0-9_@.-]{1,32}$/;

/** Who or what a conversation id names, as its viewer writes it. */
export type ConversationTarget = { readonly scene: 'p2p' | 'group'; readonly to: string };

const conversationPattern = /^(p2p|group)-([a-z0-9_@.-]{1,32})$/;

/** Reads `p2p-<account>` or `group-<groupId>`; `undefined` for anything else. */
export function parseConversationId(id: string): ConversationTarget | undefined {
  const match = conversationPattern.exec(id);
  if (!match) return undefined;
  return { scene: match[1] as 'p2p' | 'group', to: match[2]! };
}

/** Where a file of this server is, as messages name it. */
export function fileUrl(id: string): string {
  return `/files/${id}`;
}

/** The id of the file that a message names; `undefined` for an address that is none of this server's. */
export function fileIdOf(url: string): string | undefined {
  return /^\/files\/([0-9a-f]{32})$/.exec(url)?.[1];
}

/** The id under which a viewer sees the conversation with `to`. */
export function conversationId(scene: 'p2p' | 'group', to: string): string {
  return `${scene}-${to}`;
}
