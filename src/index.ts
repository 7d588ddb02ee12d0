/** Classes and types. Importing this registers nothing and touches no global, so that a server can do it too. */
export { ImAvatar } from './elements/avatar/avatar.js';
export { ImChatWindow } from './elements/chat-window/chat-window.js';
export { ImComposer } from './elements/composer/composer.js';
export { ImConnection } from './elements/connection/connection.js';
export { ImConversationList } from './elements/conversation-list/conversation-list.js';
export { ImLauncher } from './elements/launcher/launcher.js';
export { ImMessage } from './elements/message/message.js';
export { ImMessageList } from './elements/message-list/message-list.js';
export { ImMessenger } from './elements/messenger/messenger.js';

export { ImEvent, type ImEventDetails, type ImEventMap } from './elements/events.js';
export { clientContext, selectionContext, type Selection } from './elements/context.js';
export { registerRenderer } from './renderers/registry.js';
export type { MessageRenderer, PreviewMessage, RenderContext, RenderMessage } from './renderers/renderer.js';

export { ChatClient } from './client/chat-client.js';
export { CacheError, ChatError, UnauthorizedError } from './client/errors.js';
export type { ChatClientOptions, GetToken, TokenAnswer } from './client/options.js';
export type {
  ChatClientApi,
  ClientEvents,
  ConnectionState,
  Conversation,
  ConversationChange,
  MediaKind,
  MessageAct,
  Presence,
  SearchOptions,
  SearchResult,
  Timeline,
} from './client/api.js';
export type { Features } from './protocol/frames.js';
export type { Message, MessageDraft, MessageStatus, MessageType } from './protocol/message.js';
