import type { ChatClientApi } from '../../client/api.js';
import type { Message } from '../../protocol/message.js';

/** What an act works with: the client, and what only the window can do. Each tells its outcome, once. */
export interface Stage {
  readonly client: ChatClientApi;
  reply(message: Message): void;
  edit(message: Message): void;
  select(message: Message): void;
  copy(messages: readonly Message[]): Promise<void>;
  copyPicture(message: Message): Promise<void>;
  pin(message: Message, on: boolean): Promise<void>;
  recall(messages: readonly Message[]): Promise<void>;
  deleteForMe(messages: readonly Message[]): Promise<void>;
  forward(messages: readonly Message[]): Promise<void>;
  report(message: Message): Promise<void>;
  details(message: Message): Promise<void>;
}
