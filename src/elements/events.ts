import type { ConnectionState } from '../client/api.js';
import type { Message, MessageDraft } from '../protocol/message.js';

/** What each public event carries as its `detail`. */
export type ImEventDetails = {
  /** The link's state changed; `code` says why it ended, `retryAt` (ms since 1970) when the next attempt comes. */
  'im-connection-change': {
    readonly state: ConnectionState['state'];
    readonly code?: number;
    readonly retryAt?: number;
  };
  /** Somebody else's message arrived. */
  'im-message': { readonly message: Message };
  'im-unread-change': { readonly total: number };
  /** A person chose a conversation, `seq`: at one of its messages. */
  'im-conversation-select': { readonly conversationId: string; readonly seq?: number };
  /** Cancellable: `preventDefault()` refuses the message; what is put into `message` is what is sent. */
  'im-before-send': { readonly conversationId: string; message: MessageDraft };
  /** The server has stored one's own message. */
  'im-send': { readonly message: Message };
  /** Cancellable: somebody wants to change their last message, by the arrow key in the empty field. */
  'im-edit-last': { readonly conversationId: string; readonly message: Message };
  'im-send-fail': { readonly message: Message; readonly error: { readonly code: number; readonly message: string } };
  /** The launcher opened, closed. */
  'im-open': undefined;
  'im-close': undefined;
  /** Cancellable: a message arrived while nobody looks; `preventDefault()` keeps the system's notification back. */
  'im-notify': { readonly message: Message };
  'im-error': { readonly error: Error };
};

/** A public event: it bubbles, and leaves every shadow tree. */
export class ImEvent<K extends keyof ImEventDetails> extends CustomEvent<ImEventDetails[K]> {
  constructor(type: K, detail: ImEventDetails[K], { cancelable = false } = {}) {
    super(type, { detail, cancelable, bubbles: true, composed: true });
  }
}

export type ImEventMap = { [K in keyof ImEventDetails]: ImEvent<K> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface merges, a type does not
  interface HTMLElementEventMap extends ImEventMap {}
}
