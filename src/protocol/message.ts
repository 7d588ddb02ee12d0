import type { FileInfo, Location, MergedMessage, NotificationAttach, WireMessage } from './model.js';

export type { MergedMessage };

/** The types of message this version can draw; anything else is shown by its fallback. */
export const messageTypes = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'location',
  'notification',
  'custom',
  'merged',
] as const;
export type MessageType = (typeof messageTypes)[number];

/** `sending` until the server has stored it, then `success`; `fail` only when it will not be tried again by itself. */
export type MessageStatus = 'sending' | 'success' | 'fail';

/** How far one's own file is on its way. Local, never on the wire; absent once it is stored. Bytes. */
export type Upload = {
  readonly state: 'waiting' | 'uploading' | 'paused' | 'failed';
  readonly sent: number;
  readonly total: number;
};

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
  /** `seq` of the message in the same conversation that this one answers. */
  readonly replyTo?: number;
  /** `seq` of the last action that is in what stands here; absent where nothing was done to it. */
  readonly rev?: number;
  /** When it was last edited, ms since 1970. */
  readonly editTime?: number;
  /** It was taken back: there is no content, file, location or custom any more. */
  readonly recalled?: { readonly by: string; readonly time: number };
  readonly reactions?: readonly { readonly emoji: string; readonly accounts: readonly string[] }[];
  readonly pinned?: { readonly by: string; readonly time: number };
  /** Several messages in one, as they were when they were forwarded (type `merged`). */
  readonly merged?: { readonly title: string; readonly messages: readonly MergedMessage[] };
  readonly resend?: boolean;
  /** How far one's own file is, in bytes; only while the server does not have it yet. Local. */
  readonly upload?: Upload;
  /** Whether a voice message was listened to on this device. Local. */
  readonly played?: boolean;
  /** Why it failed: a code of `errorCodes`, and words for a log. */
  readonly error?: { readonly code: number; readonly message: string };
};

/** What a page or a person hands over to be sent: the body, without what the client and server add. */
export type MessageDraft = {
  readonly type?: Exclude<MessageType, 'notification' | 'merged'>;
} & Pick<WireMessage, 'content' | 'file' | 'location' | 'custom' | 'mentions' | 'replyTo'>;
