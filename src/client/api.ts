import type { ConversationInfo } from '../protocol/model.js';
import type { Message, MessageDraft } from '../protocol/message.js';

/** Where the link stands, and why; the only words for it. */
export type ConnectionState =
  | { readonly state: 'connected' }
  | {
      readonly state: 'connecting';
      readonly attempt: number;
      /** Why the last one ended. */ readonly code?: number;
      readonly reason?: string;
    }
  | {
      readonly state: 'disconnected';
      /** A close code of the protocol, where one ended it. */
      readonly code?: number;
      readonly reason?: string;
      /** When the next attempt comes (ms since 1970); absent when none will come by itself. */
      readonly retryAt?: number;
    };

/** A conversation in the read model: the server's view of it, and what is local. */
export type Conversation = Omit<ConversationInfo, 'lastMsg'> & {
  readonly lastMsg?: Message;
  /** What stands unsent in the composer. Local. */
  readonly draft?: string;
};

/**
 * What of this person's would be lost with the page, because the browser keeps nothing (no database, a full disk) and the server does
 * not have it yet. A cache that only has to be fetched again puts nothing at risk.
 */
export type StorageState = {
  /** Whether what is written outlives the page. */
  readonly lasting: boolean;
  /** Messages that are only here. */
  readonly unsent: number;
  /** Drafts that are only here. */
  readonly drafts: number;
};

export type Presence = { readonly online: boolean; readonly lastSeen?: number };

/** What `on` listens to, and what each listener gets. Emitted after the read model holds it. */
export type ClientEvents = {
  connection: ConnectionState;
  /** The list changed: order, entries, unread, drafts. */
  conversations: { readonly unreadTotal: number };
  /** Messages of one conversation changed; read `timeline(conversationId)` again. */
  timeline: { readonly conversationId: string };
  /** Somebody else's message arrived, live or in a resume; once each. */
  message: { readonly message: Message };
  /** The server has stored one's own. */
  send: { readonly message: Message };
  'send-fail': { readonly message: Message; readonly error: { readonly code: number; readonly message: string } };
  typing: { readonly conversationId: string };
  /** Somebody else's message arrived and nobody looks at the account's chat; told in one tab only, and never of what is muted. */
  notify: { readonly message: Message };
  presence: { readonly account: string };
  storage: StorageState;
  /** Something went wrong that no promise tells: the cache gave up, a frame could not be read. */
  error: { readonly error: Error };
};

/**
 * The messages of a conversation that are in memory: one stretch of its log without a hole, then what is still being sent.
 * The array is replaced, never changed, so identity tells whether anything happened; an unchanged message keeps its identity.
 */
export type Timeline = {
  readonly messages: readonly Message[];
  /** Whether older ones exist beyond the first. */
  readonly hasOlder: boolean;
  /** Whether newer ones exist beyond the last (the stretch does not reach the head). */
  readonly hasNewer: boolean;
  readonly loading: 'none' | 'initial' | 'older' | 'newer';
};

/** What the server offers and how far it goes, told in its `welcome`. Times in ms. */
export type Features = {
  readonly typing: boolean;
  readonly presence: boolean;
  readonly receipts: boolean;
  readonly recallMs: number;
  readonly editMs: number;
  readonly maxFileBytes: number;
  readonly slowModeMs?: number;
};

/** Anything a screen does, without a screen. What `<im-connection>.client` is. */
export interface ChatClientApi {
  readonly account: string;
  readonly connection: ConnectionState;
  /** One's own name and picture, known from the first `welcome` or the cache on. */
  readonly profile: { readonly account: string; readonly name?: string; readonly avatar?: string };
  /** The same object until something changes. */
  readonly storage: StorageState;

  /** Opens the cache, then the link; keeps it open until `close`. Calling it again probes at once instead of waiting. */
  connect(): void;
  /** Ends the link and every timer. The cache stays. */
  close(): Promise<void>;
  /**
   * As `close`, and removes what this browser kept of the account, unless another tab has it open. What was written and never sent stays for the
   * account's next visit.
   */
  signOut(): Promise<void>;

  on<K extends keyof ClientEvents>(event: K, listener: (detail: ClientEvents[K]) => void): () => void;

  /** Pinned first, then newest first. */
  conversations(): readonly Conversation[];
  conversation(id: string): Conversation | undefined;
  /** Whether the list is still to come: neither the cache nor the server has answered yet. */
  readonly conversationsLoading: boolean;
  readonly hasMoreConversations: boolean;
  loadMoreConversations(): Promise<void>;
  readonly unreadTotal: number;
  /** Makes a conversation known by its id, also one in which nothing was said. @throws {ChatError} 404 when there is nobody of that name */
  openConversation(id: string): Promise<Conversation>;
  updateConversation(id: string, change: { pinned?: boolean; muted?: boolean; custom?: string }): Promise<void>;
  setDraft(id: string, text: string): void;

  timeline(id: string): Timeline;
  /** Makes sure that the newest messages, or those round the first unread, are in the timeline: cache first, then the server. */
  openTimeline(id: string): Promise<void>;
  loadOlder(id: string): Promise<void>;
  loadNewer(id: string): Promise<void>;
  /** Drops a conversation's messages from memory when nothing shows them. */
  releaseTimeline(id: string): void;
  /** Messages of a log range, without touching the timeline; for programs. */
  history(id: string, options?: { before?: number; limit?: number }): Promise<Message[]>;

  /**
   * Resolves when the outbox holds it and the timeline shows it as `sending`.
   * @param left what stands in the composer from now on. It is written together with the message: whenever the page dies, the text is
   * either sent or still there, never both.
   * @throws {ChatError} when the draft breaks a limit
   */
  send(id: string, draft: MessageDraft, left?: string): Promise<Message>;
  /** Offers a failed message again, under the same `idClient`. */
  resend(idClient: string): Promise<void>;
  /** Gives up one's own message that is not stored yet. */
  discard(idClient: string): Promise<void>;

  /** Moves one's read marker forward to `seq` (default: the head). */
  markRead(id: string, seq?: number): void;
  /** Tells the others that one writes; repeats and the end are the client's business. */
  setTyping(id: string, on: boolean): void;
  /** Who writes there now. */
  typing(id: string): readonly string[];
  /** Follows somebody's presence until the function it gives is called. */
  watchPresence(account: string): () => void;
  presence(account: string): Presence | undefined;

  /** Changes one's own text. */
  edit(message: Message, content: string, mentions?: readonly string[]): Promise<void>;
  /** Every text it has had, oldest first, the present one last. */
  editHistory(message: Message): Promise<readonly { content: string; time: number }[]>;
  /** Takes back one's own message, within `features.recallMs`. */
  recall(message: Message): Promise<void>;
  react(message: Message, emoji: string, on: boolean): Promise<void>;
  pin(message: Message, on: boolean): Promise<void>;
  /** Newest pin first. */
  pinned(id: string): Promise<readonly Message[]>;
  deleteForMe(id: string, messages: readonly Message[]): Promise<void>;
  report(message: Message, reason: string): Promise<void>;
  forward(messages: readonly Message[], to: readonly string[], how: 'each' | 'merged', title?: string): Promise<void>;
  /** One message by its place: out of memory, the cache or from the server. */
  messageAt(id: string, seq: number): Promise<Message | undefined>;
  /** The same object until something changes; defaults before the first `welcome`. */
  readonly features: Features;
  /** Who of a group of up to 100 has read one's own message. */
  readers(message: Message): Promise<{ read: readonly string[]; unread: readonly string[] }>;
  /** Replaces the timeline by the stretch round `seq`; `openTimeline` returns to the end. */
  openAt(id: string, seq: number): Promise<void>;
  /** A URL of the message's file that works now. */
  fileUrl(
    message: Message | { conversationId: string; file: NonNullable<Message['file']> },
    which?: 'file' | 'thumbnail' | 'download',
  ): Promise<string>;

  /** Whether a person looks at this client's page: as long as one does, in any tab, nothing is told as `notify`. Default: no. */
  setAttended(on: boolean): void;
}
