import type { FileInfo, Location, NotificationAttach, WireMessage } from './model.js';

/** The types of message this version can draw; anything else is shown by its fallback. */
export const messageTypes = ['text', 'image', 'audio', 'video', 'file', 'location', 'notification', 'custom'] as const;
export type MessageType = (typeof messageTypes)[number];

/** `sending` until the server has stored it, then `success`; `fail` only when it will not be tried again by itself. */
export type MessageStatus = 'sending' | 'success' | 'fail';

/** A message as its viewer sees it, in every conversation alike. */
export type Message = {
  readonly conversationId: string;
  /** The server's; absent until it has acked. */
  readonly id?: string;
  /** Made once, when the message is written; the key by which it is known everywhere. */
  readonly idClient: string;
  readonly scene: 'p2p' | 'group';
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** Milliseconds since 1970: the writer's clock while sending, then the server's. */
  readonly time: number;
  readonly flow: 'in' | 'out';
  readonly status: MessageStatus;
  /** Place in the conversation's order; absent until acked. */
  readonly seq?: number;
  readonly content?: string;
  readonly file?: FileInfo;
  readonly location?: Location;
  readonly attach?: NotificationAttach;
  readonly custom?: string;
  readonly mentions?: readonly string[];
  /** `seq` of the message that this one answers, in the same conversation. */
  readonly replyTo?: number;
  /** When its text was last changed (ms since 1970). */
  readonly editTime?: number;
  /** It was taken back: nothing of its body is left. */
  readonly recalled?: { readonly by: string; readonly time: number };
  readonly reactions?: readonly { readonly emoji: string; readonly accounts: readonly string[] }[];
  readonly pinned?: { readonly by: string; readonly time: number };
  readonly resend?: boolean;
  /** Why it failed: a code of `errorCodes`, and words for a log. */
  readonly error?: { readonly code: number; readonly message: string };
};

/** What a page or a person hands over to be sent: the body, without what the client and server add. */
export type MessageDraft = {
  readonly type?: Exclude<MessageType, 'notification'>;
} & Pick<WireMessage, 'content' | 'file' | 'location' | 'custom' | 'mentions' | 'replyTo'>;
