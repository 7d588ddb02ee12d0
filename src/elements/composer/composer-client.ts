import type { ChatClientApi } from '../../client/api.js';
import type { Message, MessageDraft } from '../../protocol/message.js';

/** Whether something may be done in a conversation, and if not, why and until when (ms since 1970). */
export type May = {
  readonly allowed: boolean;
  readonly reason?: 'muted' | 'muted-all' | 'not-member' | 'dismissed' | 'form';
  readonly until?: number;
};

/** What of a group's member the composer shows. */
export type Member = {
  readonly account: string;
  readonly name?: string;
  /** How the member is called in this group. */
  readonly nick?: string;
  readonly avatar?: string;
  readonly role?: string;
};

/** A message with a file, and what is known of it without opening it. Pixels, milliseconds; `peaks` from 0 to 100. */
export type FileDraft = MessageDraft & {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly name: string;
  readonly w?: number;
  readonly h?: number;
  readonly duration?: number;
  readonly peaks?: readonly number[];
};

/** What the composer asks of a client. Everything beyond `ChatClientApi` it can do without: what needs it is then not offered. */
export type ComposerClient = ChatClientApi & {
  readonly features?: { readonly maxFileBytes?: number; readonly slowModeMs?: number };
  may?(id: string, act: string): May;
  members?(
    id: string,
    options?: { readonly query?: string; readonly limit?: number },
  ): Promise<readonly Member[] | { readonly members: readonly Member[] }>;
  edit?(message: Message, content: string, mentions?: readonly string[]): Promise<void>;
  sendFile?(id: string, file: Blob, draft: FileDraft, thumbnail?: Blob): Promise<Message>;
};
