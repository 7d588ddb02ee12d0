import { ImAvatar } from './elements/avatar/avatar.js';
import { ImChatWindow } from './elements/chat-window/chat-window.js';
import { ImComposer } from './elements/composer/composer.js';
import { ImConnection } from './elements/connection/connection.js';
import { ImConversationList } from './elements/conversation-list/conversation-list.js';
import { ImLauncher } from './elements/launcher/launcher.js';
import { ImMessage } from './elements/message/message.js';
import { ImMessageList } from './elements/message-list/message-list.js';
import { ImMessenger } from './elements/messenger/messenger.js';

// Not all of `index.js`: the client's code is loaded when the first element needs one.
export { ImEvent } from './elements/events.js';
export { UnauthorizedError } from './client/errors.js';
export { registerRenderer } from './renderers/registry.js';
export { ImAvatar, ImChatWindow, ImComposer, ImConnection, ImConversationList };
export { ImLauncher, ImMessage, ImMessageList, ImMessenger };

/** Providers first: what is on the page already is upgraded in this order. */
const elements = [
  ['im-connection', ImConnection],
  ['im-launcher', ImLauncher],
  ['im-messenger', ImMessenger],
  ['im-conversation-list', ImConversationList],
  ['im-chat-window', ImChatWindow],
  ['im-message-list', ImMessageList],
  ['im-message', ImMessage],
  ['im-composer', ImComposer],
  ['im-avatar', ImAvatar],
] as const;

// The script may be on a page twice, or in two versions: the first one that came stays.
for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);

declare global {
  interface HTMLElementTagNameMap {
    'im-connection': ImConnection;
    'im-launcher': ImLauncher;
    'im-messenger': ImMessenger;
    'im-conversation-list': ImConversationList;
    'im-chat-window': ImChatWindow;
    'im-message-list': ImMessageList;
    'im-message': ImMessage;
    'im-composer': ImComposer;
    'im-avatar': ImAvatar;
  }
}
