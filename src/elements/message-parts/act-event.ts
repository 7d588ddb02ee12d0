import type { Message } from '../../protocol/message.js';

/** What the elements of a message ask of the window that they are in. Internal: pages use the client. */
export type ActEventDetails = {
  /** The menu is asked for; at a point of the viewport, or beside the message. */
  'im-message-menu': { readonly message: Message; readonly x?: number; readonly y?: number };
  /** To the message at `seq`; `message` is the one that quotes it, where one does. */
  'im-quote-click': { readonly message?: Message; readonly seq: number };
  'im-act':
    | { readonly act: 'react'; readonly message: Message; readonly emoji: string; readonly on: boolean }
    /** Any emoji is to be chosen for it. */
    | { readonly act: 'react-more'; readonly message: Message; readonly anchor: Element }
    | { readonly act: 'unpin'; readonly message: Message }
    /** What was recalled is to be written anew. */
    | { readonly act: 'edit-again'; readonly text: string };
};

export class ActEvent<K extends keyof ActEventDetails> extends CustomEvent<ActEventDetails[K]> {
  constructor(type: K, detail: ActEventDetails[K]) {
    super(type, { detail, bubbles: true, composed: true });
  }
}
